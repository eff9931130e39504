using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// How many TCP connections one address may have, whatever they are for, so that nobody who connects and says nothing can take all
/// places. Configured proxies bring many clients and are not counted.
/// </summary>
internal sealed class ConnectionLimit(IOptions<LimitOptions> options, KnownProxies proxies, RefusalMetrics metrics)
{
    private readonly Headcount<ClientNetwork> _byAddress = new(options.Value.ConnectionsPerAddress);

    /// <summary>Lets a connection on, or drops it: before TLS and HTTP there is nothing to answer with.</summary>
    public async Task AdmitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || proxies.Contains(address))
        {
            await next(connection);
            return;
        }

        var network = ClientNetwork.Of(address);
        if (!_byAddress.TryEnter(network))
        {
            metrics.Refused("connections of an address");
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            _byAddress.Leave(network);
        }
    }
}
