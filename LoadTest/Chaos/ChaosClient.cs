using System.Net;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// A client that behaves as docs/protocol.md requires: it reconnects to another gateway and resumes from its cursor, moves when asked to, and
/// sends a ping to tell a silent market from a dead server. It checks all messages.
/// </summary>
internal sealed class ChaosClient(int number, ChaosField field) : IMessageSink
{
    /// <summary>The silence before the client sends a ping, and then the wait for an answer.</summary>
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    private readonly MarketModel _market = new();
    private readonly LedgerReader _reader = new();
    private int _moves;
    private FaultWatch? _watch;
    private bool _isBack;
    private long _lastAt = field.Time.GetTimestamp();
    private long _heardAt = field.Time.GetTimestamp();
    private long _longest;
    private TaskCompletionSource<TimeSpan> _asked = NewRequest();

    /// <summary>Whether it has received prices within this time.</summary>
    public bool IsLive(TimeSpan within) => _market.Cursor != default && field.Time.GetElapsedTime(Interlocked.Read(ref _lastAt)) <= within;

    /// <summary>How often its market was the same as another client's at the same (epoch, seq).</summary>
    public long Agreed => _reader.Agreed;

    /// <summary>The fault during which its WebSocket last ended; null if none has.</summary>
    public FaultWatch? LastLost { get; private set; }

    /// <summary>Its longest time without prices since a fault began, including the current one.</summary>
    public TimeSpan SilenceSince(FaultWatch watch)
    {
        var longest = Volatile.Read(ref _watch) == watch ? Interlocked.Read(ref _longest) : 0;
        var now = field.Time.GetTimestamp();
        return field.Time.GetElapsedTime(0, Math.Max(longest, now - Interlocked.Read(ref _lastAt)));
    }

    /// <summary>Stays connected until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var attempt = 0;
        string? token = null;
        string? spent = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var gateway = field.Gateways[(number + _moves) % field.Gateways.Count];
            var pause = TimeSpan.Zero;
            try
            {
                token = await field.Tokens.GetAsync(gateway, spent, cancellationToken);
                using var socket = await TickerSocket.ConnectAsync(
                    gateway, token, _market.Cursor, field.Messages, field.Time, cancellationToken: cancellationToken);
                attempt = 0;
                var end = await StayAsync(socket, cancellationToken);
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                field.Watch.Closed(end.Code);
                LastLost = field.Watch;
                spent = end.Code == SocketEnd.TokenExpired ? token : null;
                if (end.Text.StartsWith("the server sent", StringComparison.Ordinal))
                {
                    field.Violations.Add($"client {number}: {end.Text}");
                }

                pause = _asked.Task.IsCompletedSuccessfully ? TimeSpan.Zero : Backoff.Of(attempt, Random.Shared.NextDouble());
            }
            catch (Exception e) when (e is HandshakeException or TokenRefusedException)
            {
                field.Watch.WasRefused();
                spent = e is HandshakeException { Status: (int)HttpStatusCode.Unauthorized } ? token : null;
                pause = Backoff.Of(attempt++, Random.Shared.NextDouble());
            }
            catch (OperationCanceledException)
            {
                return;
            }

            _moves++;
            await Task.Delay(pause, field.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Take(ServerMessage message)
    {
        var now = field.Time.GetTimestamp();
        Interlocked.Exchange(ref _heardAt, now);
        if (message.Kind == MessageKind.Reconnect)
        {
            _asked.TrySetResult(message.After);
        }

        if (message.Kind != MessageKind.Ticker)
        {
            return;
        }

        var watch = field.Watch;
        if (watch != _watch)
        {
            Interlocked.Exchange(ref _longest, 0);
            Volatile.Write(ref _watch, watch);
        }

        Interlocked.Exchange(ref _longest, Math.Max(_longest, now - _lastAt));
        Interlocked.Exchange(ref _lastAt, now);
        if (_isBack)
        {
            _isBack = false;
            watch.CameBack(byCursor: !message.IsSnapshot);
        }

        if (_market.Apply(message) is { } wrong)
        {
            throw new FrameException($"a wrong message: it {wrong}");
        }

        if (field.Ledger.Enter(_market.Cursor, _market.Hash, _reader) == Agreement.Different)
        {
            throw new FrameException($"another market than others at {_market.Cursor}");
        }
    }

    private static TaskCompletionSource<TimeSpan> NewRequest() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads the WebSocket until it ends, until it is time to move, or until the server no longer answers.</summary>
    private async Task<SocketEnd> StayAsync(TickerSocket socket, CancellationToken cancellationToken)
    {
        _isBack = _market.Cursor != default;
        _asked = NewRequest();
        Interlocked.Exchange(ref _heardAt, field.Time.GetTimestamp());
        using var gone = cancellationToken.Register(socket.Cut);
        var reading = socket.ReadAsync(this);
        var leaving = LeaveWhenAskedAsync(socket, reading);
        while (await Task.WhenAny(reading, Task.Delay(PingTimeout, field.Time, CancellationToken.None)) != reading)
        {
            var silence = field.Time.GetElapsedTime(Interlocked.Read(ref _heardAt));
            if (silence > 2 * PingTimeout)
            {
                socket.Cut();
            }
            else if (silence > PingTimeout)
            {
                await socket.SendAsync("""{"type":"ping"}""");
            }
        }

        await leaving;
        return await reading;
    }

    /// <summary>Waits as long as the gateway's request to reconnect says, and then closes the WebSocket if the gateway has not.</summary>
    private async Task LeaveWhenAskedAsync(TickerSocket socket, Task reading)
    {
        if (await Task.WhenAny(_asked.Task, reading) == _asked.Task)
        {
            await Task.Delay(await _asked.Task, field.Time);
            if (!reading.IsCompleted)
            {
                await socket.CloseAsync();
            }
        }
    }
}
