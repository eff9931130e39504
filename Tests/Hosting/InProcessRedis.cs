using System.Globalization;
using Garnet;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Garnet, a Redis-compatible server, in this process and in memory.</summary>
internal sealed class InProcessRedis : RedisServer
{
    private GarnetServer? _server;

    public InProcessRedis() => Start();

    public override void Start()
    {
        _server = new GarnetServer(
            ["--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--lua", "--memory", "64m", "--index", "8m"]);
        _server.Start();
    }

    public override void Stop()
    {
        _server?.Dispose();
        _server = null;
    }
}
