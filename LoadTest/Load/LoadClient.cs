using System.Net;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Load;

/// <summary>A client of a load run. It reads and counts messages, and checks that each one follows the previous one.</summary>
internal sealed class LoadClient(LoadMeter meter, bool isSlow) : IMessageSink
{
    /// <summary>How many bytes a second a slow client reads: far fewer than the prices need.</summary>
    public const int SlowBytesPerSecond = 1024;

    private Cursor _cursor;
    private TickerSocket? _socket;

    /// <summary>The number of messages with prices during the measurement.</summary>
    public long Frames { get; private set; }

    /// <summary>Whether any prices have come.</summary>
    public bool HasPrices => _cursor != default;

    public bool IsSlow => isSlow;

    /// <summary>Its source address; null to let the plan decide.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The number of error messages from the server, such as for an unknown symbol.</summary>
    public int Errors { get; private set; }

    /// <summary>How its WebSocket ended; null while it is open.</summary>
    public SocketEnd? End { get; private set; }

    /// <exception cref="HandshakeException">The gateway did not accept it.</exception>
    public async Task ConnectAsync(LoadPlan plan, int number, string token, MessageCache messages, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = Source ?? SourceAddresses.Of(plan.Gateway, number, plan.Clients);
        int? slow = isSlow ? SlowBytesPerSecond : null;
        _socket = await TickerSocket.ConnectAsync(plan.Gateway, token, default, messages, time, source, slow, cancellationToken: cancellationToken);
        if (plan.Symbols.Count > 0)
        {
            var symbols = string.Join(',', plan.Symbols.Select(symbol => $"\"{JsonEncodedText.Encode(symbol)}\""));
            await _socket.SendAsync($$"""{"type":"subscribe","symbols":[{{symbols}}]}""");
        }
    }

    public async Task ReadAsync() => End = await _socket!.ReadAsync(this);

    /// <summary>Counts in another meter from now on.</summary>
    public void CountInto(LoadMeter next) => meter = next;

    public async Task CloseAsync() => await _socket!.CloseAsync();

    public void Cut() => _socket?.Dispose();

    public void Take(ServerMessage message)
    {
        if (message.Kind == MessageKind.Error)
        {
            Errors++;
        }

        if (message.Kind != MessageKind.Ticker)
        {
            return;
        }

        // A change of the view is sent at the current cursor, so the cursor may stay the same but must not go back.
        if (_cursor.IsAfter(message.Cursor))
        {
            throw new FrameException($"{message.Cursor} after {_cursor}");
        }

        if (!message.IsSnapshot && new Cursor(message.Cursor.Epoch, message.PrevSeq) != _cursor)
        {
            throw new FrameException($"changes since {message.PrevSeq} to a client at {_cursor}");
        }

        _cursor = message.Cursor;
        Frames += meter.IsMeasuring ? 1 : 0;
        meter.Count(message.PublishedAt, message.Bytes.Length, message.Conflated, message.IsSnapshot, isSlow);
    }
}
