using System.Collections.Immutable;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// Ends sessions when their API key ends: at once if this process ended the key, otherwise within <see cref="Period"/> plus the time of a
/// query. One query covers all keys that sessions depend on; without such sessions, none is made.
/// </summary>
internal sealed partial class ApiKeyWatch(
    SessionRegistry sessions, ApiKeyStatus status, ApiKeyEndings endings, TimeProvider time, ILogger<ApiKeyWatch> logger) : BackgroundService
{
    /// <summary>The time from query to query. Two fit into the second within which a session has to end.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        endings.Ended += End;
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        endings.Ended -= End;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var since = time.GetTimestamp();
                var ids = sessions.ApiKeys;
                if (ids.Length > 0)
                {
                    End(await status.LookAsync(ids, stoppingToken));
                }

                var left = Period - time.GetElapsedTime(since);
                await Task.Delay(left > TimeSpan.Zero ? left : Period / 10, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever failed is tried again.
                LogFailed(exception);
                await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void End(ImmutableArray<long> ended) => End(ended.AsEnumerable());

    private void End(IEnumerable<long> ended)
    {
        foreach (var id in ended)
        {
            var found = sessions.FindByApiKey(id);
            foreach (var session in found)
            {
                session.Session.End(CloseReason.ApiKeyEnded);
            }

            if (found.Length > 0)
            {
                LogEnded(found.Length, id);
            }
        }
    }

    [LoggerMessage(2222, LogLevel.Information, "{Sessions} sessions end with API key {Id}")]
    private partial void LogEnded(int sessions, long id);

    [LoggerMessage(2223, LogLevel.Error, "The API keys of sessions could not be looked at; trying on")]
    private partial void LogFailed(Exception exception);
}
