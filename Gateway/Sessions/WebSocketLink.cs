using System.Net.WebSockets;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A session's WebSocket.</summary>
internal sealed class WebSocketLink : IClientLink
{
    private readonly SessionUpgradeFeature _upgrade;
    private readonly IWebSocketProtocol _protocol;
    private readonly SessionReader _reader;
    private readonly RequestAborter _aborter;
    private readonly ClosingHandshake _closing;
    private WebSocket? _socket;
    private Task _answering = Task.CompletedTask;

    /// <summary>Creates the link of a request that has not been accepted yet.</summary>
    /// <param name="upgrade">Its connection.</param>
    /// <param name="protocol">The wire protocol of its route.</param>
    /// <param name="reader">Reads the client's messages.</param>
    /// <param name="closeTimeout">How long each step of the closing handshake may take.</param>
    /// <param name="time">The clock.</param>
    public WebSocketLink(SessionUpgradeFeature upgrade, IWebSocketProtocol protocol, SessionReader reader, TimeSpan closeTimeout, TimeProvider time)
    {
        _upgrade = upgrade;
        _protocol = protocol;
        _reader = reader;
        _aborter = upgrade.CreateAborter();
        _closing = new ClosingHandshake(upgrade, protocol, _aborter, closeTimeout, time);
    }

    public bool IsCompressed => _upgrade.IsCompressed;

    public Outbox Outbox => _upgrade.Stream.Outbox;

    public IKeepAlive KeepAlive => _upgrade.Stream.KeepAlive;

    public int? ClientCode => (int?)_socket?.CloseStatus;

    public Task RefuseAsync(int status, string error) => _upgrade.RefuseAsync(status, error);

    public async Task OpenAsync(SessionSlot slot, SessionLifetime lifetime) =>
        _socket = await _upgrade.AcceptAsync(_protocol.Subprotocol, slot, lifetime);

    public async Task ReadToEndAsync(RegisteredSession registered) =>
        _answering = await _reader.ReadAsync(_socket!, _upgrade.Stream, _protocol, registered);

    public async Task FinishAsync()
    {
        await _closing.FinishAsync(hasClosed: ClientCode is not null);
        await _answering; // It may use the request, which must not end before it.
    }

    public Task LingerAsync() => _closing.LingerAsync();

    public void OnEnded(CloseReason reason) => _closing.OnEnded(reason);

    public void OnConnectionFailed() => _closing.OnConnectionFailed();

    public void Dispose()
    {
        _socket?.Dispose();
        _aborter.Dispose();
    }
}
