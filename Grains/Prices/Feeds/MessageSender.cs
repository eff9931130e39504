using System.Net.WebSockets;
using System.Threading.Channels;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>Sends everything that an exchange is sent on one connection, in its pace. Only <see cref="Send"/> and <see cref="Complete"/> are thread-safe.</summary>
internal sealed class MessageSender(WebSocket socket, ExchangeRules rules, TimeProvider time)
{
    private readonly Channel<byte[]> _messages = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Pace _pace = new(rules.SendPace, time);
    private readonly TaskCompletionSource _firstSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private volatile bool _keepAliveWaits;

    /// <summary>Ends when everything has been sent for the first time.</summary>
    public Task FirstSent => _firstSent.Task;

    /// <summary>Sends messages after those that wait.</summary>
    public void Send(IReadOnlyList<byte[]> messages)
    {
        foreach (var message in messages)
        {
            Interlocked.Increment(ref _waiting);
            _messages.Writer.TryWrite(message);
        }
    }

    /// <summary>Sends a close frame after the messages that wait, and nothing more.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Sends until it is told to complete.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keepingAlive = KeepAliveAsync(stop.Token);
        try
        {
            await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
            {
                await _pace.WaitAsync(cancellationToken);
                _keepAliveWaits &= message != rules.KeepAlive;
                await socket.SendAsync(
                    message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage | WebSocketMessageFlags.DisableCompression, cancellationToken);
                if (Interlocked.Decrement(ref _waiting) == 0)
                {
                    _firstSent.TrySetResult();
                }
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await keepingAlive.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        if (rules.KeepAlive is not { } message)
        {
            return;
        }

        using var timer = new PeriodicTimer(rules.KeepAliveInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            // Where messages wait for their turn, one of these among them is enough.
            if (!_keepAliveWaits)
            {
                _keepAliveWaits = true;
                Send([message]);
            }
        }
    }
}
