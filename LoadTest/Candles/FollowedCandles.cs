using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Candles;

/// <summary>The closed candles that a client of the channel was sent, in the order in which they came. Thread-safe.</summary>
internal sealed class FollowedCandles
{
    private readonly long _from;
    private readonly Dictionary<string, List<ReceivedCandle>> _closed;
    private readonly Lock _reading = new();

    /// <param name="symbols">The symbols.</param>
    /// <param name="from">The open time of the first candle that the client wants, in Unix seconds.</param>
    public FollowedCandles(IEnumerable<string> symbols, long from)
    {
        _from = from;
        _closed = symbols.ToDictionary(symbol => symbol, _ => new List<ReceivedCandle>(), StringComparer.Ordinal);
    }

    public IEnumerable<string> Symbols => _closed.Keys;

    /// <summary>The candles of a symbol.</summary>
    public IReadOnlyList<ReceivedCandle> this[string symbol]
    {
        get
        {
            lock (_reading)
            {
                return [.. _closed[symbol]];
            }
        }
    }

    /// <summary>The open time from which a client goes on after a disconnect: after the newest candle that it has.</summary>
    public long NextOf(string symbol)
    {
        lock (_reading)
        {
            return _closed[symbol] is [.., var last] ? last.OpenTime + 1 : _from;
        }
    }

    /// <summary>Keeps the closed candles of a message.</summary>
    /// <exception cref="FrameException">The client has not asked for them.</exception>
    public void Take(CandlesMessage message)
    {
        if (message.Interval != "1s" || !_closed.TryGetValue(message.Symbol, out var closed))
        {
            throw new FrameException($"candles of {message.Symbol} in {message.Interval}, which nobody has asked for");
        }

        lock (_reading)
        {
            closed.AddRange(message.Data.Where(candle => candle.Closed));
        }
    }
}
