using System.Net;
using System.Text.Json;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Load;

/// <summary>One client of a load run: it reads, counts, and sees that each message follows on the one before.</summary>
internal sealed class LoadClient(LoadMeter meter, bool isSlow) : IMessageSink
{
    /// <summary>What a slow client reads a second: far less than the prices take.</summary>
    public const int SlowBytesPerSecond = 1024;

    private Cursor _cursor;
    private TickerSocket? _socket;

    /// <summary>Messages with prices while it was measured.</summary>
    public long Frames { get; private set; }

    /// <summary>Whether prices have come at all.</summary>
    public bool HasPrices => _cursor != default;

    public bool IsSlow => isSlow;

    /// <summary>The address that it comes from; null leaves it to the plan.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>How many errors the server has answered with, such as for an unknown symbol.</summary>
    public int Errors { get; private set; }

    /// <summary>How its socket ended; null while it is open.</summary>
    public SocketEnd? End { get; private set; }

    /// <exception cref="HandshakeException">The gateway did not take it.</exception>
    public async Task ConnectAsync(LoadPlan plan, int number, string token, MessageCache messages, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = Source ?? SourceAddresses.Of(plan.Gateway, number, plan.Clients);
        int? slow = isSlow ? SlowBytesPerSecond : null;
        _socket = await TickerSocket.ConnectAsync(plan.Gateway, token, default, messages, time, source, slow, cancellationToken);
        if (plan.Symbols.Count > 0)
        {
            var symbols = string.Join(',', plan.Symbols.Select(symbol => $"\"{JsonEncodedText.Encode(symbol)}\""));
            await _socket.SendAsync($$"""{"type":"subscribe","symbols":[{{symbols}}]}""");
        }
    }

    public async Task ReadAsync() => End = await _socket!.ReadAsync(this);

    /// <summary>Counts what comes from now on elsewhere.</summary>
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

        // The change of a view is sent at the cursor that the client has: equal is allowed, back is not.
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
