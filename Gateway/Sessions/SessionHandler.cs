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
    /// <summary>
    /// Handles a request that may open a session. The task completes when the request may end: if the session's link has left the web server, the
    /// session goes on without it.
    /// </summary>
    /// <param name="request">What the session needs to know about it.</param>
    /// <param name="protocol">The wire protocol of its route.</param>
    /// <param name="link">What connects it with its client.</param>
    public async Task HandleAsync(SessionRequest request, IWireProtocol protocol, IClientLink link)
    {
        var connectionId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var connection = connections.Create(connectionId, request.Actor, request.Details.Metadata);
        OpenSession? session = null;
        try
        {
            session = await TryOpenAsync(request, protocol, link, connection);
        }
        finally
        {
            if (session is null)
            {
                link.Dispose();
                departures.Begin(connection);
            }
        }

        if (session is null)
        {
            return;
        }

        if (!link.HasLeft)
        {
            await RunAsync(session);
            return;
        }

        using (ExecutionContext.SuppressFlow()) // It would keep the request in memory, by what the logging of requests keeps there.
        {
            _ = RunAsync(session);
        }
    }

    /// <returns>Null if the client was told why not, or has gone.</returns>
    private async Task<OpenSession?> TryOpenAsync(SessionRequest request, IWireProtocol protocol, IClientLink link, Connection connection)
    {
        var market = feed.Newest;
        ConnectionReply welcome;
        try
        {
            welcome = await connection.JoinAsync(market, request.Desired);
        }
        catch (Exception e)
        {
            logger.NotJoined(e, connection.Id);
            await link.RefuseAsync(StatusCodes.Status500InternalServerError, "failed to create handler");
            return null;
        }

        try
        {
            return await runner.OpenAsync(new SessionStart(request, protocol, link, connection, welcome, market.SymbolsFor(welcome.View!.Wanted)));
        }
        catch (IOException e)
        {
            logger.Broken(connection.Id, e.Message);
            return null;
        }
    }

    /// <summary>Runs a session to its end. If it has left the web server, a failure is logged, since nobody else would.</summary>
    private async Task RunAsync(OpenSession session)
    {
        var registered = session.Registered;
        using var link = registered.Start.Link;
        try
        {
            try
            {
                await runner.RunAsync(session);
            }
            finally
            {
                departures.Begin(registered.Connection);
            }

            await link.LingerAsync();
        }
        catch (Exception e) when (link.HasLeft)
        {
            logger.Failed(e, registered.Session.Id);
        }
    }
}
