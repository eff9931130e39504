using System.Text.Json;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>A client that does what docs/protocol.md tells clients to do, and nothing else.</summary>
internal sealed class ModelClient
{
    private readonly Dictionary<string, decimal> _prices = [];
    private readonly Dictionary<string, decimal?> _bids = [];
    private HashSet<string>? _view;
    private bool _holdsAll;

    public IReadOnlyDictionary<string, decimal> Prices => _prices;

    /// <summary>The bids of the symbols; null where none was named. Up to date only while the client is sent everything.</summary>
    public IReadOnlyDictionary<string, decimal?> Bids => _bids;

    public Cursor Cursor { get; private set; }

    /// <summary>Begins a new connection, whose view is all symbols again.</summary>
    /// <returns>The cursor to resume from; none for a client that does not hold all symbols.</returns>
    public Cursor Resume()
    {
        _view = null;
        return _holdsAll ? Cursor : default;
    }

    /// <summary>Applies and removes the complete frames of what was sent.</summary>
    public void Take(List<byte> sent)
    {
        var bytes = sent.ToArray();
        var at = 0;
        while (bytes.Length - at >= 4)
        {
            Assert.Equal(0x81, bytes[at]);
            var (header, length) = bytes[at + 1] < 126 ? (2, bytes[at + 1]) : (4, (bytes[at + 2] << 8) | bytes[at + 3]);
            if (bytes.Length - at < header + length)
            {
                break;
            }

            using var message = JsonDocument.Parse(bytes.AsMemory(at + header, length));
            Take(message.RootElement);
            at += header + length;
        }

        sent.RemoveRange(0, at);
    }

    /// <summary>Applies one message.</summary>
    public void Take(JsonElement message)
    {
        if (message.GetProperty("type").GetString() == "subscribed")
        {
            _holdsAll = false;
            _view = [.. message.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()!)];
            foreach (var left in _prices.Keys.Except(_view).ToArray())
            {
                _prices.Remove(left);
            }

            return;
        }

        if (message.GetProperty("type").GetString() != "ticker")
        {
            return;
        }

        var cursor = new Cursor(message.GetProperty("epoch").GetInt64(), message.GetProperty("seq").GetInt64());
        var prevSeq = message.GetProperty("prev_seq").GetInt64();
        Assert.False(Cursor.IsAfter(cursor), "Time runs backwards.");
        if (prevSeq == 0)
        {
            _prices.Clear();
            _holdsAll = _view is null;
        }
        else
        {
            Assert.Equal(Cursor, new Cursor(cursor.Epoch, prevSeq));
        }

        foreach (var quote in message.GetProperty("data").EnumerateArray())
        {
            var symbol = quote.GetProperty("symbol").GetString()!;
            Assert.True(_view?.Contains(symbol) ?? true, "A symbol of the old view came after the new one was named.");
            _prices[symbol] = quote.GetProperty("price").GetDecimal();
            _bids[symbol] = quote.TryGetProperty("bid", out var bid) ? bid.GetDecimal() : null;
        }

        Cursor = cursor;
    }
}
