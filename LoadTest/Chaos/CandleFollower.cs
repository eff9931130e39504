using System.Globalization;
using OrleansTicker.LoadTest.Candles;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// A client of the channel <c>candles</c>, which behaves as docs/protocol.md requires: it goes on at another gateway after the newest closed
/// candle that it has.
/// </summary>
internal sealed class CandleFollower(FollowedCandles candles, ChaosField field) : IMessageSink
{
    private const string FollowsLater = "history_unavailable";
    private const string IsTooLate = "from_too_early";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(5);

    private TickerSocket? _socket;
    private long _heardAt;

    /// <summary>Stays connected until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? token = null;
        string? spent = null;
        for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            var gateway = field.Gateways[turn % field.Gateways.Count];
            try
            {
                token = await field.Tokens.GetAsync(gateway, spent, cancellationToken);
                using var socket = _socket = await TickerSocket.ConnectAsync(gateway, token, default, field.Messages, field.Time, cancellationToken: cancellationToken);
                using var gone = cancellationToken.Register(socket.Cut);
                var end = await StayAsync(socket);
                spent = end.Code == SocketEnd.TokenExpired ? token : null;
                if (end.Text.StartsWith("the server sent", StringComparison.Ordinal))
                {
                    field.Violations.Add($"the client of candles: {end.Text}");
                }
            }
            catch (Exception e) when (e is HandshakeException or TokenRefusedException)
            {
                spent = e is HandshakeException { Status: 401 } ? token : null; // The gateway is not listening.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Pause, field.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Take(ServerMessage message)
    {
        Interlocked.Exchange(ref _heardAt, field.Time.GetTimestamp());
        if (message.Kind == MessageKind.Candles)
        {
            candles.Take(CandlesMessage.Parse(message));
        }
        else if (message.Kind == MessageKind.Error && message.Code != FollowsLater)
        {
            if (message.Code == IsTooLate)
            {
                field.Violations.Add("the client of candles was away for too long to be sent what it missed");
            }

            _socket!.Cut(); // The gateway has just started, or cannot read the candles now: it is asked again, or another one is.
        }
    }

    /// <summary>Asks for the candles that are missing, and reads until the WebSocket ends or the gateway has been silent for too long.</summary>
    private async Task<SocketEnd> StayAsync(TickerSocket socket)
    {
        Interlocked.Exchange(ref _heardAt, field.Time.GetTimestamp());
        var reading = socket.ReadAsync(this);
        foreach (var symbol in candles.Symbols)
        {
            await socket.SendAsync(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"type":"subscribe","channel":"candles","symbols":["{{symbol}}"],"interval":"1s","from":{{candles.NextOf(symbol)}}}"""));
        }

        while (await Task.WhenAny(reading, Task.Delay(MaxSilence, field.Time, CancellationToken.None)) != reading)
        {
            if (field.Time.GetElapsedTime(Interlocked.Read(ref _heardAt)) > MaxSilence)
            {
                socket.Cut();
            }
        }

        return await reading;
    }
}
