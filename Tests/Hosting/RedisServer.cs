using StackExchange.Redis;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A server that speaks Redis, without persistence, on a free port of loopback. It can be stopped and comes back empty.</summary>
internal abstract class RedisServer : IDisposable
{
    /// <summary>The server's port; the same after a restart.</summary>
    public int Port { get; } = FreePort.Find();

    /// <summary>What <c>Cluster:Redis</c> is to be.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>A server that runs, or the end of the test where the machine has none of that kind.</summary>
    public static RedisServer StartOrSkip(RedisKind kind) => kind == RedisKind.InProcess ? new InProcessRedis() : RedisProcess.StartOrSkip();

    /// <summary>Starts it again after <see cref="Stop"/>, and returns when it takes commands.</summary>
    public abstract void Start();

    /// <summary>Ends it with all that it holds.</summary>
    public abstract void Stop();

    /// <summary>Runs a command over a connection of its own, such as <c>FLUSHALL</c> or <c>DEL</c>.</summary>
    public async Task<RedisResult> ExecuteAsync(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true");
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    public virtual void Dispose() => Stop();
}
