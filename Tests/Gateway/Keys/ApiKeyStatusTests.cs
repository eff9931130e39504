using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>What is known of API keys without asking the database each time.</summary>
public sealed class ApiKeyStatusTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ApiKeyEndings _endings = new();
    private readonly ScriptedStore _store = new();
    private readonly LogRecorder _log = new();
    private readonly LoggerFactory _loggers;
    private readonly ApiKeyStatus _status;

    public ApiKeyStatusTests()
    {
        _loggers = new LoggerFactory([_log]);
        _status = new ApiKeyStatus(_store, _endings, _time, _loggers.CreateLogger<ApiKeyStatus>());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_good_for_half_a_second_and_one_that_ended_for_good()
    {
        Assert.True(await _status.IsActiveAsync(1, Stop));
        _time.Advance(ApiKeyStatus.Freshness - TimeSpan.FromTicks(1));
        _store.Ended.Add(1);
        Assert.True(await _status.IsActiveAsync(1, Stop));
        Assert.Equal(["1"], _store.Queries);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(await _status.IsActiveAsync(1, Stop));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(await _status.IsActiveAsync(1, Stop));
        Assert.Equal(["1", "1"], _store.Queries);
    }

    [Fact]
    public async Task What_this_process_has_ended_is_known_at_once()
    {
        Assert.True(await _status.IsActiveAsync(1, Stop));
        _endings.Announce(1);
        Assert.False(await _status.IsActiveAsync(1, Stop));
        Assert.Equal(["1"], _store.Queries);
    }

    [Fact]
    public async Task All_who_ask_while_a_query_is_under_way_share_the_next_one()
    {
        _store.Answering = new TaskCompletionSource();
        _store.Ended.Add(3);
        var first = _status.IsActiveAsync(1, Stop).AsTask();
        await Eventually.TrueAsync(() => _store.Queries.Count == 1, "a query");
        var others = Enumerable.Range(2, 500).SelectMany(id => new[] { _status.IsActiveAsync(id, Stop).AsTask(), _status.IsActiveAsync(id, Stop).AsTask() }).ToList();

        _store.Answering.SetResult();

        Assert.True(await first.WithinTimeoutAsync());
        var answers = await Task.WhenAll(others).WithinTimeoutAsync();
        Assert.Equal(2, answers.Count(counts => !counts));
        Assert.Equal(2, _store.Queries.Count);
    }

    [Fact]
    public async Task Where_the_database_is_away_keys_count_as_they_did_and_that_is_told_once()
    {
        _store.Ended.Add(2);
        Assert.False(await _status.IsActiveAsync(2, Stop));
        _store.IsAway = true;

        Assert.True(await _status.IsActiveAsync(1, Stop));
        Assert.True(await _status.IsActiveAsync(1, Stop));
        Assert.False(await _status.IsActiveAsync(2, Stop));
        Assert.Equal([2], await _status.LookAsync([1, 2], Stop));
        Assert.Equal(3, _store.Queries.Count); // And not one per caller.
        _store.IsAway = false;
        _store.Ended.Add(1);
        _time.Advance(ApiKeyStatus.Freshness);
        Assert.False(await _status.IsActiveAsync(1, Stop));

        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.Lines.Select(line => line.Level));
    }

    [Fact]
    public async Task Nobody_waits_long_for_a_database_that_says_nothing()
    {
        _store.Answering = new TaskCompletionSource();
        var asking = _status.IsActiveAsync(1, Stop).AsTask();
        await Eventually.TrueAsync(() => _store.Queries.Count == 1, "a query");
        Assert.False(asking.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await asking.WithinTimeoutAsync());
        _store.Answering.SetResult();
    }

    public void Dispose()
    {
        _status.Dispose();
        _loggers.Dispose();
    }

    private sealed class ScriptedStore : IApiKeyStore
    {
        public ConcurrentQueue<string> Queries { get; } = new();

        public HashSet<long> Ended { get; } = [];

        public bool IsAway { get; set; }

        public TaskCompletionSource? Answering { get; set; }

        public async Task<IReadOnlyList<long>> FindEndedAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
        {
            Queries.Enqueue(string.Join(' ', ids));
            await (Answering?.Task ?? Task.CompletedTask);
            return IsAway ? throw new ApiKeyStoreUnavailableException("away", null!) : [.. ids.Where(Ended.Contains)];
        }

        public Task PrepareAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ApiKey?> FindAsync(string apiKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ApiKeyRecord>> ListAsync(string? userId, bool withEnded, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<CreatedApiKey> CreateAsync(NewApiKey wanted, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ApiKeyRecord?> RevokeAsync(long id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ApiKeyRotation> RotateAsync(long id, TimeSpan grace, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
