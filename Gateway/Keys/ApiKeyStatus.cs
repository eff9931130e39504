using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// Whether API keys are still valid, for frequent callers: an answer is cached for <see cref="Freshness"/>, and all concurrent
/// callers that miss the cache share one query; at most one runs at a time. While the database cannot be reached, a key stays
/// what it was last known to be: prices do not depend on it. Thread-safe.
/// </summary>
internal sealed partial class ApiKeyStatus : IDisposable
{
    /// <summary>How long an answer is cached.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest time that a caller waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How many keys of each kind are cached. Beyond that, the cache is cleared.</summary>
    private const int Most = 50_000;

    private readonly IApiKeyStore _store;
    private readonly ApiKeyEndings _endings;
    private readonly TimeProvider _time;
    private readonly ILogger<ApiKeyStatus> _logger;
    private readonly ConcurrentDictionary<long, long> _counted = new(); // When each was last found to be valid.
    private readonly ConcurrentDictionary<long, bool> _ended = new();
    private readonly Lock _asking = new();
    private Question? _next;
    private bool _isAsking;
    private int _isAway;

    public ApiKeyStatus(IApiKeyStore store, ApiKeyEndings endings, TimeProvider time, ILogger<ApiKeyStatus> logger)
    {
        (_store, _endings, _time, _logger) = (store, endings, time, logger);
        _endings.Ended += Remember;
    }

    /// <summary>Whether a key is valid, or was at most <see cref="Freshness"/> ago.</summary>
    public async ValueTask<bool> IsActiveAsync(long id, CancellationToken cancellationToken)
    {
        if (_ended.ContainsKey(id))
        {
            return false;
        }

        if (_counted.TryGetValue(id, out var at) && _time.GetElapsedTime(at) < Freshness)
        {
            return true;
        }

        try
        {
            await Ask(id).WaitAsync(Patience, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            TellAway("no answer in time");
        }

        return !_ended.ContainsKey(id);
    }

    /// <summary>Queries the database for all keys at once. Throws only if it is cancelled.</summary>
    /// <returns>The keys that are no longer valid.</returns>
    public async Task<IReadOnlyCollection<long>> LookAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        try
        {
            var askedAt = _time.GetTimestamp();
            var ended = await _store.FindEndedAsync(ids, cancellationToken);
            Remember(ids, askedAt);
            Remember(ended);

            if (Interlocked.Exchange(ref _isAway, 0) == 1)
            {
                LogBack();
            }

            return ended;
        }
        catch (ApiKeyStoreUnavailableException exception)
        {
            TellAway(exception.Message);
            Remember(ids, _time.GetTimestamp()); // So that not every caller waits for a database that cannot be reached.
            return [.. ids.Where(_ended.ContainsKey)];
        }
    }

    public void Dispose() => _endings.Ended -= Remember;

    private static void Forget<T>(ConcurrentDictionary<long, T> known)
    {
        if (known.Count > Most)
        {
            known.Clear();
        }
    }

    private void Remember(IReadOnlyCollection<long> ids, long at)
    {
        Forget(_counted);
        foreach (var id in ids)
        {
            _counted[id] = at;
        }
    }

    private void Remember(IEnumerable<long> ended)
    {
        Forget(_ended);
        foreach (var id in ended)
        {
            _ended[id] = true; // Permanently: no number is used twice.
            _counted.TryRemove(id, out _);
        }
    }

    private void Remember(ImmutableArray<long> ended) => Remember(ended.AsEnumerable());

    private Task Ask(long id)
    {
        lock (_asking)
        {
            _next ??= new Question();
            _next.Ids.Add(id);
            if (!_isAsking)
            {
                _isAsking = true;
                _ = Task.Run(AskAllAsync);
            }

            return _next.Answered.Task;
        }
    }

    private async Task AskAllAsync()
    {
        while (true)
        {
            Question question;
            lock (_asking)
            {
                if (_next is null)
                {
                    _isAsking = false;
                    return;
                }

                question = _next;
                _next = null;
            }

            try
            {
                await LookAsync(question.Ids, CancellationToken.None);
            }
            catch (Exception exception)
            {
                TellAway(exception.Message); // The edge of the loop: whatever failed, no caller may wait forever.
            }

            question.Answered.SetResult();
        }
    }

    private void TellAway(string cause)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            LogAway(cause);
        }
    }

    [LoggerMessage(2220, LogLevel.Warning, "Nobody can tell whether API keys were revoked; tokens count as before until that is known again: {Cause}")]
    private partial void LogAway(string cause);

    [LoggerMessage(2221, LogLevel.Information, "API keys that were revoked are found again")]
    private partial void LogBack();

    private sealed class Question
    {
        public HashSet<long> Ids { get; } = [];

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
