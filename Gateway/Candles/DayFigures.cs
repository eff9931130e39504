using System.Collections.Frozen;
using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Candles;

/// <summary>
/// The last 24 hours of all symbols, by the candles of the shards. They are asked for only while somebody wants to know, at most every few
/// seconds, all at once. The symbols of a shard that does not answer are missing. Any thread may call it.
/// </summary>
internal sealed partial class DayFigures(IGrainFactory grains, TimeProvider time, ILogger<DayFigures> logger)
{
    /// <summary>How long figures count as new.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    /// <summary>How long a shard may take to answer; then its symbols are missing.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long the first answers wait for figures. Prices are worth more than these.</summary>
    internal static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private FrozenDictionary<string, SymbolDay> _newest = FrozenDictionary<string, SymbolDay>.Empty;
    private Task _asking = Task.CompletedTask;
    private long? _askedAt;
    private volatile bool _hasAnswers;
    private bool _isTold;

    /// <summary>The figures by symbol; always the same object until there are newer ones.</summary>
    public async ValueTask<FrozenDictionary<string, SymbolDay>> GetAsync()
    {
        Task asking;
        lock (_lock)
        {
            if (_asking.IsCompleted && (_askedAt is not { } askedAt || time.GetElapsedTime(askedAt) >= Validity))
            {
                _askedAt = time.GetTimestamp();
                _asking = Task.Run(AskAsync);
            }

            asking = _asking;
        }

        if (!_hasAnswers)
        {
            try
            {
                await asking.WaitAsync(FirstPatience, time); // Later on, figures that are a few seconds old are better than waiting.
            }
            catch (TimeoutException)
            {
                // The shards are still reading what was stored.
            }
        }

        return Volatile.Read(ref _newest);
    }

    private async Task AskAsync()
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, ICandleGrain.Shards).Select(AskAsync));
        Volatile.Write(ref _newest, shards.SelectMany(days => days ?? []).ToFrozenDictionary(day => day.Symbol, StringComparer.Ordinal));
        _hasAnswers = true;
        var silent = shards.Count(days => days is null);
        if (silent > 0 != _isTold)
        {
            _isTold = silent > 0;
            if (_isTold)
            {
                LogSilent(silent);
            }
            else
            {
                LogAnswering();
            }
        }
    }

    private async Task<ImmutableArray<SymbolDay>?> AskAsync(int shard)
    {
        try
        {
            return await grains.GetGrain<ICandleGrain>(shard).GetDaysAsync().WaitAsync(Patience, time);
        }
        catch (Exception exception)
        {
            LogFailed(exception, shard);
            return null;
        }
    }

    [LoggerMessage(2400, LogLevel.Warning, "{Shards} shards of candles do not tell the last 24 hours; the answers have what the exchanges say, or nothing")]
    private partial void LogSilent(int shards);

    [LoggerMessage(2401, LogLevel.Information, "All shards of candles tell the last 24 hours again")]
    private partial void LogAnswering();

    [LoggerMessage(2402, LogLevel.Debug, "Shard {Shard} of candles does not tell the last 24 hours")]
    private partial void LogFailed(Exception exception, int shard);
}
