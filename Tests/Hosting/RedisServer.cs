using System.Globalization;
using Garnet;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A server that speaks Redis, in this process and in memory, on a free port. It can be stopped and comes back empty.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly int _port = FreePort.Find();
    private GarnetServer? _server;

    public RedisServer() => Start();

    /// <summary>What <c>Cluster:Redis</c> is to be.</summary>
    public string Address => $"127.0.0.1:{_port}";

    public void Start()
    {
        _server = new GarnetServer(
            ["--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--lua", "--memory", "64m", "--index", "8m"]);
        _server.Start();
    }

    public void Stop()
    {
        _server?.Dispose();
        _server = null;
    }

    public void Dispose() => Stop();
}
