using OrleansTicker.LoadTest.Candles;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Watches the candles of a run: a client follows them through all faults, and at the end they are read.</summary>
internal sealed class CandleWatch : IDisposable
{
    private const string Seconds = "1s";
    private const string Minutes = "1m";
    private const int LongestDelay = 60; // seconds

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    private readonly ApiReader _reader = new();
    private readonly ChaosField _field;
    private FollowedCandles _followed = new([], from: 0);
    private long _from;

    private CandleWatch(ChaosField field) => _field = field;

    /// <summary>Begins with the current second.</summary>
    /// <exception cref="AnswerException">The gateway does not tell the symbols.</exception>
    public static async Task<CandleWatch> BeginAsync(ChaosField field, CancellationToken cancellationToken)
    {
        var watch = new CandleWatch(field);
        try
        {
            var symbols = await watch.ReadAsync((gateway, token) => watch._reader.ReadSymbolsAsync(gateway, token, cancellationToken), cancellationToken);
            watch._from = field.Time.GetUtcNow().ToUnixTimeSeconds();
            watch._followed = new FollowedCandles(symbols, watch._from);
            return watch;
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }

    /// <summary>Follows the candles until it is cancelled.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) => new CandleFollower(_followed, _field).RunAsync(cancellationToken);

    /// <summary>Waits, for a limited time, until all seconds up to now are closed, and reads everything.</summary>
    /// <exception cref="AnswerException">A gateway does not answer.</exception>
    public async Task<CandleOutcome> EndAsync(CancellationToken cancellationToken)
    {
        var (to, since) = (_field.Time.GetUtcNow().ToUnixTimeSeconds(), _field.Time.GetTimestamp());
        while (!await AreClosedAsync(to, cancellationToken) && _field.Time.GetElapsedTime(since) < ReadTimeout)
        {
            await Task.Delay(PollInterval, _field.Time, cancellationToken);
        }

        List<SymbolCandles> candles = [];
        foreach (var symbol in _followed.Symbols)
        {
            var seconds = await ReadClosedAsync(symbol, Seconds, _from, to, cancellationToken);
            var minutes = await ReadClosedAsync(symbol, Minutes, _from, to, cancellationToken);
            candles.Add(new SymbolCandles(symbol, seconds.Candles, minutes.Candles, new GapList(seconds.Gaps)));
        }

        return new CandleOutcome(candles, _followed, _from, to);
    }

    public void Dispose() => _reader.Dispose();

    private async Task<bool> AreClosedAsync(long to, CancellationToken cancellationToken)
    {
        foreach (var symbol in _followed.Symbols)
        {
            if (_followed.NextOf(symbol) < to || (await ReadClosedAsync(symbol, Seconds, to - 1, to + LongestDelay, cancellationToken)).Candles.Count == 0)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<CandlePage> ReadClosedAsync(string symbol, string interval, long from, long to, CancellationToken cancellationToken)
    {
        var all = await ReadAsync((gateway, token) => _reader.ReadCandlesAsync(gateway, token, symbol, interval, from, to, cancellationToken), cancellationToken);
        return all with { Candles = [.. all.Candles.Where(candle => candle.Closed)] };
    }

    /// <summary>Reads from the last gateway, again if it cannot answer: it may have started a moment ago, or look for a silo.</summary>
    private async Task<T> ReadAsync<T>(Func<Uri, string, Task<T>> readAsync, CancellationToken cancellationToken)
    {
        var gateway = _field.Gateways[^1];
        string? token = null;
        string? spent = null;
        for (var since = _field.Time.GetTimestamp(); ;)
        {
            try
            {
                token = await _field.Tokens.GetAsync(gateway, spent, cancellationToken);
                return await readAsync(gateway, token);
            }
            catch (Exception e) when (e is AnswerException or TokenRefusedException && _field.Time.GetElapsedTime(since) < ReadTimeout)
            {
                spent = e is AnswerException { Status: 401 } ? token : null;
                await Task.Delay(PollInterval, _field.Time, cancellationToken);
            }
        }
    }
}
