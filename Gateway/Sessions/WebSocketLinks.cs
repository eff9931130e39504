using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Creates the links of sessions on WebSockets.</summary>
internal sealed class WebSocketLinks(SessionReader reader, IOptions<TickerSessionOptions> options, TimeProvider time)
{
    /// <summary>Creates the link of a request that has not been accepted yet.</summary>
    /// <param name="upgrade">Its connection.</param>
    /// <param name="protocol">The wire protocol of its route.</param>
    public WebSocketLink Create(SessionUpgradeFeature upgrade, IWebSocketProtocol protocol) =>
        new(upgrade, protocol, reader, options.Value.CloseTimeout, time);
}
