using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// Limits the TCP connections of one address, whatever they are for, so that no client can use up all connections by opening idle ones.
/// Configured proxies connect for many clients and are not counted.
/// </summary>
internal sealed class TcpConnectionLimit(IOptions<LimitOptions> options, KnownProxies proxies, RefusalMetrics metrics)
{
    private readonly Headcount<ClientNetwork> _byAddress = new(options.Value.ConnectionsPerAddress);

    /// <summary>Passes a connection on, or drops it: before TLS and HTTP no answer is possible.</summary>
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

        var permit = new TcpConnectionPermit(_byAddress, network);
        connection.Features.Set(permit);
        try
        {
            await next(connection);
        }
        finally
        {
            permit.EndConnection();
        }
    }
}
