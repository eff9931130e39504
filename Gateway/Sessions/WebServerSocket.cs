using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using OrleansTicker.Common.WebSockets;
using OrleansTicker.Gateway.Delivery;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>A WebSocket that stays in the web server, and is read by the runtime's own: over TLS and HTTP/2.</summary>
/// <param name="socket">The runtime's WebSocket.</param>
/// <param name="stream">The stream under it.</param>
/// <param name="upgrade">The request that was upgraded.</param>
/// <param name="maxMessageBytes">The longest message.</param>
/// <param name="time">The clock.</param>
internal sealed class WebServerSocket(WebSocket socket, SessionStream stream, SessionUpgradeFeature upgrade, int maxMessageBytes, TimeProvider time)
    : ISessionSocket
{
    /// <summary>
    /// The read buffer of an idle session, in bytes. Most clients send next to nothing, so it is small, and grows only while a message
    /// needs it.
    /// </summary>
    private const int IdleBytes = 128;

    private readonly MessageReader _messages = new(socket, maxMessageBytes, IdleBytes);
    private readonly RequestAborter _aborter = upgrade.CreateAborter();

    public bool HasLeft => false;

    public CancellationToken Aborted { get; } = ((IHttpRequestLifetimeFeature)upgrade).RequestAborted;

    public bool IsCompressed { get; } = upgrade.IsCompressed;

    public Outbox Outbox => stream.Outbox;

    public KeepAlive KeepAlive => stream.KeepAlive;

    public int? ClientCode => (int?)socket.CloseStatus;

    public bool HasReadToEnd => stream.HasReadToEnd;

    public ValueTask<ReceivedMessage> ReadAsync() => _messages.ReadAsync(CancellationToken.None);

    public Task EndOutputAsync() => upgrade.EndOutputAsync();

    public Task<bool> DrainAsync(TimeSpan patience) => stream.DrainAsync(patience, time);

    public void Abort() => _aborter.Abort();

    public void Dispose()
    {
        socket.Dispose();
        _aborter.Dispose();
    }
}
