using System.Globalization;
using Garnet;
using Garnet.common;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>A Redis-compatible server in this process, in memory.</summary>
internal sealed class LocalRedis : IDisposable
{
    private readonly GarnetServer _server;

    /// <exception cref="ClusterException">It does not start.</exception>
    public LocalRedis(int port)
    {
        try
        {
            _server = new GarnetServer(
                ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--lua", "--memory", "64m", "--index", "8m", "-q"]);
            _server.Start();
        }
        catch (GarnetException e)
        {
            throw new ClusterException($"The local Redis does not start: {e.Message}");
        }

        Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>Its connection string.</summary>
    public string Address { get; }

    public void Dispose() => _server.Dispose();
}
