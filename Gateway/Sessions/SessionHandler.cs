using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Takes one session from the request to its end: joins its connection, runs the session, and always leaves.</summary>
internal sealed class SessionHandler(
    ConnectionFactory connections,
    Departures departures,
    SessionRunner runner,
    IMarketFeed feed,
    TimeProvider time,
    ILogger<SessionHandler> logger)
{
    /// <summary>Handles a request that may open a session.</summary>
    /// <param name="request">What the session needs to know about it.</param>
    /// <param name="protocol">The wire protocol of its route.</param>
    /// <param name="link">What connects it with its client.</param>
    public async Task HandleAsync(SessionRequest request, IWireProtocol protocol, IClientLink link)
    {
        var connectionId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var connection = connections.Create(connectionId, request.Actor, request.Details.Metadata);
        var market = feed.Newest;
        using var owned = link;
        try
        {
            ConnectionReply welcome;
            try
            {
                welcome = await connection.JoinAsync(market, request.Desired);
            }
            catch (Exception e)
            {
                logger.NotJoined(e, connectionId);
                await link.RefuseAsync(StatusCodes.Status500InternalServerError, "failed to create handler");
                return;
            }

            await runner.RunAsync(new SessionStart(request, protocol, link, connection, welcome, market.SymbolsFor(welcome.View!.Wanted)));
        }
        finally
        {
            departures.Begin(connection);
        }

        await link.LingerAsync();
    }
}
