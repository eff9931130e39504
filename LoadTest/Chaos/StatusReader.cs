using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>A client of one gateway that wants to know which exchanges count.</summary>
internal sealed class StatusReader(Member gateway, ChaosField field) : IMessageSink
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>What it was told.</summary>
    public StatusLog Log { get; } = new(field.Time);

    /// <summary>Stays connected until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? token = null;
        string? spent = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                token = await field.Tokens.GetAsync(gateway.Address, spent, cancellationToken);
                using var socket = await TickerSocket.ConnectAsync(
                    gateway.Address, token, default, field.Messages, field.Time, wantsStatus: true, cancellationToken: cancellationToken);
                using var gone = cancellationToken.Register(socket.Cut);
                var end = await socket.ReadAsync(this);
                spent = end.Code == SocketEnd.TokenExpired ? token : null;
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
        if (message.Kind == MessageKind.Status)
        {
            Log.Take(message.Feeds);
        }
    }
}
