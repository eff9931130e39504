using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Connects to each gateway in turn as a new client. Its snapshot must be the same as the market that others built from changes.</summary>
internal sealed class FreshReader(ChaosField field) : IMessageSink
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SnapshotTimeout = TimeSpan.FromSeconds(5);

    private readonly LedgerReader _reader = new();
    private TickerSocket? _socket;
    private bool _isDone;
    private int _snapshots;

    /// <summary>The number of snapshots.</summary>
    public int Snapshots => Volatile.Read(ref _snapshots);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            var gateway = field.Gateways[turn % field.Gateways.Count];
            try
            {
                var token = await field.Tokens.GetAsync(gateway, spent: null, cancellationToken);
                using var socket = _socket = await TickerSocket.ConnectAsync(gateway, token, default, field.Messages, field.Time, cancellationToken: cancellationToken);
                _isDone = false;
                await socket.ReadAsync(this).WaitAsync(SnapshotTimeout, field.Time, cancellationToken);
            }
            catch (Exception e) when (e is HandshakeException or TokenRefusedException or TimeoutException or OperationCanceledException)
            {
                // The gateway was killed, or the run is over.
            }

            await Task.Delay(Pause, field.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Take(ServerMessage message)
    {
        if (message.Kind != MessageKind.Ticker || _isDone)
        {
            return;
        }

        _isDone = true;
        var market = new MarketModel();
        if (market.Apply(message) is { } wrong)
        {
            field.Violations.Add($"a new client {wrong}");
        }
        else if (field.Ledger.Enter(market.Cursor, market.Hash, _reader) == Agreement.Different)
        {
            field.Violations.Add($"a snapshot at {market.Cursor} is another market than others have");
        }

        Interlocked.Increment(ref _snapshots);
        _ = _socket!.CloseAsync();
    }
}
