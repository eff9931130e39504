using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// The market as one client knows it, built only from the messages that it receives. Two markets are compared by their hashes.
/// </summary>
internal sealed class MarketModel
{
    private readonly Dictionary<string, ReceivedQuote> _quotes = [];

    /// <summary>The (epoch, seq) of the market.</summary>
    public Cursor Cursor { get; private set; }

    /// <summary>The hash of all quotes, independent of their order.</summary>
    public ulong Hash { get; private set; }

    public IReadOnlyDictionary<string, ReceivedQuote> Quotes => _quotes;

    /// <summary>Applies a message.</summary>
    /// <returns>What is wrong with the message, which is then not applied; null if nothing is.</returns>
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
