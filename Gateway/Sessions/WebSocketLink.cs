using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session's WebSocket, from the request on.</summary>
/// <param name="upgrade">The connection of a request that has not been accepted yet.</param>
/// <param name="protocol">The wire protocol of its route.</param>
/// <param name="reader">Reads the client's messages.</param>
/// <param name="closeTimeout">How long each step of the closing handshake may take.</param>
/// <param name="time">The clock.</param>
internal sealed class WebSocketLink(
    SessionUpgradeFeature upgrade, IWebSocketProtocol protocol, SessionReader reader, TimeSpan closeTimeout, TimeProvider time) : IClientLink
{
    private SessionUpgradeFeature? _upgrade = upgrade;
    private ISessionSocket? _socket;
    private ClosingHandshake? _closing;
    private Task<Task>? _reading;

    public bool HasLeft => _socket is { HasLeft: true };

    public CancellationToken Aborted => Socket.Aborted;

    public bool IsCompressed => Socket.IsCompressed;

    public Outbox Outbox => Socket.Outbox;

    public IKeepAlive KeepAlive => Socket.KeepAlive;

    public int? ClientCode => Socket.ClientCode;

    private ISessionSocket Socket => _socket ?? throw new InvalidOperationException("The WebSocket has not been accepted yet.");

    private ClosingHandshake Closing => _closing ?? throw new InvalidOperationException("The WebSocket has not been accepted yet.");

    public Task RefuseAsync(int status, string error) => _upgrade!.RefuseAsync(status, error);

    public async Task OpenAsync(SessionSlot slot, SessionLifetime lifetime)
    {
        _socket = await _upgrade!.AcceptAsync(protocol.Subprotocol, slot, lifetime);
        _closing = new ClosingHandshake(_socket, protocol, closeTimeout, time);
        _upgrade = null; // It keeps the whole request, which may end before the session.
    }

    public Task ReadToEndAsync(RegisteredSession registered) => _reading = reader.ReadAsync(Socket, protocol, registered);

    public async Task FinishAsync()
    {
        await Closing.FinishAsync(hasClosed: ClientCode is not null);
        if (_reading is { IsCompletedSuccessfully: true, Result: var answering })
        {
            await answering; // It may use the connection, which must not leave before it.
        }
    }

    public Task LingerAsync() => Closing.LingerAsync();

    public void OnEnded(CloseReason reason) => Closing.OnEnded(reason);

    public void OnConnectionFailed() => Closing.OnConnectionFailed();

    public void Dispose() => _socket?.Dispose();
}
