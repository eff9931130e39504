using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// The market as one client knows it, built by applying what it is sent, and nothing else. Two markets at one (epoch, seq) are the
/// same exactly if their hashes are.
/// </summary>
internal sealed class MarketModel
{
    private readonly Dictionary<string, ReceivedQuote> _quotes = [];

    /// <summary>Up to where it knows the market.</summary>
    public Cursor Cursor { get; private set; }

    /// <summary>Of all quotes, in any order.</summary>
    public ulong Hash { get; private set; }

    public IReadOnlyDictionary<string, ReceivedQuote> Quotes => _quotes;

    /// <summary>Applies a message over what it knows.</summary>
    /// <returns>What is wrong with it; null where nothing is. What is wrong is not applied.</returns>
    public string? Apply(ServerMessage message)
    {
        if (Cursor.IsAfter(message.Cursor))
        {
            return $"went back from {Cursor} to {message.Cursor}";
        }

        if (message.IsSnapshot)
        {
            _quotes.Clear();
            Hash = 0;
        }
        else if (new Cursor(message.Cursor.Epoch, message.PrevSeq) != Cursor)
        {
            return $"was sent changes since ({message.Cursor.Epoch}, {message.PrevSeq}) at {Cursor}";
        }

        foreach (var quote in message.Quotes)
        {
            if (_quotes.TryGetValue(quote.Symbol, out var old))
            {
                Hash -= old.Hash;
            }

            _quotes[quote.Symbol] = quote;
            Hash += quote.Hash;
        }

        Cursor = message.Cursor;
        return null;
    }
}
