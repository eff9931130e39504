using System.Net.WebSockets;
using OrleansTicker.Gateway.Channels.Candles;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Opens a session's link, and runs the session.</summary>
internal sealed class SessionRunner(
    ResumePoint resume,
    FanoutWorkers fanout,
    TickerChannels channels,
    CandleChannels candleChannels,
    SessionEnrollment enrollment,
    MessageAnswers answers,
    SessionMetrics metrics,
    ILogger<SessionRunner> logger)
{
    /// <summary>Opens a session. If that fails, nothing of it is left.</summary>
    /// <param name="start">What it begins with.</param>
    /// <exception cref="IOException">The client has gone meanwhile.</exception>
    public async Task<OpenSession> OpenAsync(SessionStart start)
    {
        var cursor = await resume.FindAsync(start.Request.ResumeFrom);
        var slot = fanout.Reserve();
        try
        {
            var link = start.Link;
            var lifetime = new SessionLifetime(start.Request.Actor.ExpiresAt, link);
            await link.OpenAsync(slot, lifetime);
            var candles = candleChannels.Open(slot, start.Protocol, link.IsCompressed);
            var channel = channels.Open(
                slot,
                new ViewReviewer(start.Connection, candles, lifetime, logger),
                start.Protocol,
                link.IsCompressed,
                start.Welcome.View!,
                start.Market);
            var session = new Session(start.Connection.Id, slot, channel, link.Outbox, lifetime, link, link.KeepAlive, candles);

            // The welcome is queued first, and written once the worker has the session. So no message precedes it, and a client that knows
            // its connection's id can be found by it.
            var welcoming = answers.WelcomeAsync(start, cursor);
            var registered = enrollment.Enter(session, channel, candles, start);
            slot.Start(session, cursor);
            enrollment.EndIfMissed(registered);
            logger.Opened(session.Id, registered.Actor.Actor.Id);
            return new OpenSession(registered, slot, welcoming);
        }
        catch
        {
            await slot.ReleaseAsync();
            throw;
        }
    }

    /// <summary>Runs a session until nothing more is to be written to it.</summary>
    public async Task RunAsync(OpenSession open)
    {
        var (registered, slot, welcoming) = open;
        var session = registered.Session;
        var link = registered.Start.Link;
        try
        {
            using var aborted = link.Aborted.Register(session.Abort);
            await welcoming;
            await link.ReadToEndAsync(registered);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            logger.Broken(session.Id, e.Message);
        }
        finally
        {
            try
            {
                enrollment.Leave(registered);
                session.End(CloseReason.Vanished); // Unless it has ended for another reason.
                await link.FinishAsync();
            }
            finally
            {
                await slot.ReleaseAsync();
            }

            var reason = session.Reason!;
            var code = reason == CloseReason.Closed && link.ClientCode is { } said ? said : reason.Code;
            metrics.SessionEnded(code, reason.IsByClient);
            logger.Closed(session.Id, reason.IsByClient ? "client" : "gateway", code, reason.Text);
        }
    }
}
