using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Takes one WebSocket from the request to its end: joins its connection, runs the session, and always leaves.</summary>
internal sealed class SessionHandler(
    ConnectionFactory connections,
    Departures departures,
    SessionRunner runner,
    IMarketFeed feed,
    IOptions<TickerSessionOptions> options,
    TimeProvider time,
    ILogger<SessionHandler> logger)
{
    /// <summary>Handles a request that may open a session.</summary>
    /// <param name="request">What the session needs to know about it.</param>
    /// <param name="protocol">The wire protocol of its route.</param>
    /// <param name="upgrade">Its connection.</param>
    public async Task HandleAsync(SessionRequest request, IWireProtocol protocol, SessionUpgradeFeature upgrade)
    {
        var connectionId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var connection = connections.Create(connectionId, request.Actor, request.Details.Metadata);
        var market = feed.Newest;
        using var aborter = upgrade.CreateAborter();
        var closing = new ClosingHandshake(upgrade, protocol, aborter, options.Value.CloseTimeout, time);
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
                await upgrade.RefuseAsync(StatusCodes.Status500InternalServerError, "failed to create handler");
                return;
            }

            await runner.RunAsync(new SessionStart(request, protocol, upgrade, connection, welcome, market.SymbolsFor(welcome.View!.Wanted), closing));
        }
        finally
        {
            departures.Begin(connection);
        }

        await closing.LingerAsync();
    }
}
