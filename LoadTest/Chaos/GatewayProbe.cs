using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// A client of one gateway that measures how long its ticks come too slowly. While the gateway is killed or suspended on purpose, nothing is
/// expected of it.
/// </summary>
internal sealed class GatewayProbe(Member gateway, ChaosField field) : IMessageSink
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _measuring = new();
    private readonly TickRate _rate = new(field.Time);
    private readonly TickerPauses _pauses = new();

    public string Gateway => gateway.Name;

    /// <summary>The longest time below <see cref="TickRate.Least"/> ticks a second since the last <see cref="Reset"/>.</summary>
    public TimeSpan LongestShortfall
    {
        get
        {
            lock (_measuring)
            {
                return _rate.LongestShortfall;
            }
        }
    }

    /// <summary>The ticker's longest pause since the last <see cref="Reset"/>, by the ticks that came through the gateway.</summary>
    public TimeSpan LongestPause
    {
        get
        {
            lock (_measuring)
            {
                return _pauses.Longest;
            }
        }
    }

    /// <summary>Starts the measurement of a new fault.</summary>
    public void Reset()
    {
        lock (_measuring)
        {
            _rate.Reset();
            _pauses.Reset();
        }
    }

    /// <summary>Stays connected until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? token = null;
        string? spent = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (gateway.IsRunning && !gateway.IsSuspended)
                {
                    token = await field.Tokens.GetAsync(gateway.Address, spent, cancellationToken);
                    using var socket = await TickerSocket.ConnectAsync(gateway.Address, token, default, field.Messages, field.Time, cancellationToken: cancellationToken);
                    var end = await MeasureAsync(socket, cancellationToken);
                    spent = end.Code == SocketEnd.TokenExpired ? token : null;
                }
            }
            catch (Exception e) when (e is HandshakeException or TokenRefusedException)
            {
                // The gateway is not listening.
                spent = e is HandshakeException { Status: 401 } ? token : null;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(PollInterval, field.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Take(ServerMessage message)
    {
        if (message.Kind == MessageKind.Ticker)
        {
            lock (_measuring)
            {
                _rate.Take();
                _pauses.Take(message.Cursor, message.PublishedAt);
            }
        }
    }

    private async Task<SocketEnd> MeasureAsync(TickerSocket socket, CancellationToken cancellationToken)
    {
        lock (_measuring)
        {
            _rate.Begin();
        }

        using var gone = cancellationToken.Register(socket.Cut);
        var reading = socket.ReadAsync(this);
        while (await Task.WhenAny(reading, Task.Delay(PollInterval, field.Time, CancellationToken.None)) != reading)
        {
            if (gateway.IsSuspended)
            {
                socket.Cut();
            }
        }

        lock (_measuring)
        {
            _rate.End();
        }

        return await reading;
    }
}
