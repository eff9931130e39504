using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// The connection of this process to Redis, shared by membership, storage and reminders. Once established it reconnects by itself;
/// meanwhile commands fail fast, and the outage is logged once. Thread-safe.
/// </summary>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    // The operator's connection string is appended and takes precedence. Short timeouts give a client that waits for a token a clear
    // answer sooner; the keep-alive finds a server that has disappeared; the check notices soon when a replica has become the primary.
    private const string Defaults = "connectTimeout=2000,asyncTimeout=2000,syncTimeout=2000,keepAlive=5,configCheckSeconds=2,";

    /// <summary>The longest pause between two attempts to reconnect.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ILogger<RedisConnection> _logger;
    private readonly Lazy<Task<IConnectionMultiplexer>> _multiplexer;
    private int _isAway;

    public RedisConnection(IOptions<RedisOptions> options, ILogger<RedisConnection> logger)
    {
        _logger = logger;
        Settings = ConfigurationOptions.Parse(Defaults + options.Value.Redis);
        Settings.AbortOnConnectFail = true; // This concerns the start only, where the operator is told that Redis cannot be reached.
        Settings.ReconnectRetryPolicy = new LinearRetry((int)RetryPause.TotalMilliseconds);
        _multiplexer = new Lazy<Task<IConnectionMultiplexer>>(ConnectAsync);
    }

    /// <summary>The parsed connection string.</summary>
    public ConfigurationOptions Settings { get; }

    /// <summary>The servers for logs and messages, without the password.</summary>
    public string Servers => string.Join(", ", Settings.EndPoints.Select(Name));

    /// <summary>The connection, established by the first call.</summary>
    /// <exception cref="RedisConnectionException">No server can be reached, or authentication failed.</exception>
    public Task<IConnectionMultiplexer> GetAsync() => _multiplexer.Value;

    /// <summary>Whether a primary is connected. Replicas may come and go.</summary>
    public static bool HasPrimary(IConnectionMultiplexer multiplexer, EndPoint? besides = null) =>
        multiplexer.GetServers().Any(server => server.IsConnected && !server.IsReplica && !server.EndPoint.Equals(besides));

    public async ValueTask DisposeAsync()
    {
        if (_multiplexer is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _multiplexer.Value).DisposeAsync();
        }
    }

    private static string Name(EndPoint server) => server is DnsEndPoint named ? $"{named.Host}:{named.Port}" : server.ToString()!;

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(Settings);
        multiplexer.ConnectionFailed += (_, failed) => SetAway(!HasPrimary(multiplexer, failed.EndPoint));
        multiplexer.ConnectionRestored += (_, _) => SetAway(!HasPrimary(multiplexer));
        multiplexer.ConfigurationChanged += (_, _) => SetAway(!HasPrimary(multiplexer));
        return multiplexer;
    }

    private void SetAway(bool isAway)
    {
        var now = isAway ? 1 : 0;
        if (Interlocked.Exchange(ref _isAway, now) == now)
        {
            return;
        }

        if (isAway)
        {
            LogAway(Servers);
        }
        else
        {
            LogBack(Servers);
        }
    }

    [LoggerMessage(1230, LogLevel.Warning, "Redis at {Servers} is out of reach: prices go on, tokens and members have to wait; trying on")]
    private partial void LogAway(string servers);

    [LoggerMessage(1231, LogLevel.Information, "Redis at {Servers} is back")]
    private partial void LogBack(string servers);
}
