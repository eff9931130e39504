using StackExchange.Redis;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A Redis-compatible server without persistence, on a free port of loopback. It is empty after a restart.</summary>
internal abstract class RedisServer : IDisposable
{
    /// <summary>The server's port; the same after a restart.</summary>
    public int Port { get; } = FreePort.Find();

    /// <summary>The value for <c>Cluster:Redis</c>.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Starts a server. The test is skipped if the machine has none of that kind.</summary>
    public static RedisServer StartOrSkip(RedisKind kind) => kind == RedisKind.InProcess ? new InProcessRedis() : RedisProcess.StartOrSkip();

    /// <summary>Starts it again after <see cref="Stop"/>, and returns when it accepts commands.</summary>
    public abstract void Start();

    /// <summary>Stops it, which deletes all its data.</summary>
    public abstract void Stop();

    /// <summary>Runs a command over its own connection, such as <c>FLUSHALL</c> or <c>DEL</c>.</summary>
    public async Task<RedisResult> ExecuteAsync(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{Address},allowAdmin=true");
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    public virtual void Dispose() => Stop();
}
