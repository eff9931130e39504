using System.Net;
using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// A client that does what docs/protocol.md tells clients to do: it stays connected, goes on from its cursor at another gateway where
/// it loses one, moves when it is asked to, and tells a silent market from a dead server by asking. All it is sent is checked.
/// </summary>
internal sealed class ChaosClient(int number, ChaosField field) : IMessageSink
{
    /// <summary>How long it is silent before the client asks, and how long it waits for the answer.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    private readonly MarketModel _market = new();
    private readonly LedgerReader _reader = new();
    private int _moves;
    private FaultWatch? _watch;
    private bool _isBack;
    private long _lastAt = field.Time.GetTimestamp();
    private long _heardAt = field.Time.GetTimestamp();
    private long _longest;
    private TaskCompletionSource<TimeSpan> _asked = NewRequest();

    /// <summary>Whether it has been sent prices within this time.</summary>
    public bool IsLive(TimeSpan within) => _market.Cursor != default && field.Time.GetElapsedTime(Interlocked.Read(ref _lastAt)) <= within;

    /// <summary>How often its market was the same as another's at one (epoch, seq).</summary>
    public long Agreed => _reader.Agreed;

    /// <summary>The fault in whose time a socket of it last ended; null where none has.</summary>
    public FaultWatch? LastLost { get; private set; }

    /// <summary>Its longest time without prices since a fault began, also where it goes on.</summary>
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

    /// <summary>Reads the socket until it ends, until the gateway's request to move is due, or until nothing answers any more.</summary>
    private async Task<SocketEnd> StayAsync(TickerSocket socket, CancellationToken cancellationToken)
    {
        _isBack = _market.Cursor != default;
        _asked = NewRequest();
        Interlocked.Exchange(ref _heardAt, field.Time.GetTimestamp());
        using var gone = cancellationToken.Register(socket.Cut);
        var reading = socket.ReadAsync(this);
        var leaving = LeaveWhenAskedAsync(socket, reading);
        while (await Task.WhenAny(reading, Task.Delay(LongestSilence, field.Time, CancellationToken.None)) != reading)
        {
            var silence = field.Time.GetElapsedTime(Interlocked.Read(ref _heardAt));
            if (silence > 2 * LongestSilence)
            {
                socket.Cut();
            }
            else if (silence > LongestSilence)
            {
                await socket.SendAsync("""{"type":"ping"}""");
            }
        }

        await leaving;
        return await reading;
    }

    /// <summary>Where the gateway asks to connect again, waits as long as it says. Where it has not closed by then, the client does.</summary>
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
