using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Deploy;

/// <summary>
/// A real nginx with the file of the deploy folder, in which only the name server's address and the ports are others. It ends with the
/// tests, however these end.
/// </summary>
internal sealed class ShippedNginx : IAsyncDisposable
{
    // $1: nginx, $2: folder. Standard input ends with the process that started this.
    private const string Script =
        """
        "$1" -p "$2" -e "$2/error.log" -c "$2/nginx.conf" -g "daemon off; pid $2/nginx.pid;" &
        server=$!
        cat >/dev/null || true
        kill -TERM $server
        wait $server
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private ShippedNginx(string program, int port, int nameServer, int gateways)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        var shipped = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "nginx.conf"));
        File.WriteAllText(_folder["nginx.conf"], Replace(Replace(Replace(
            shipped,
            "resolver 127.0.0.11 ", $"resolver 127.0.0.1:{nameServer} "),
            "listen 8080;", $"listen 127.0.0.1:{port};"),
            "gateways:8080;", $"gateways:{gateways};"));
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "nginx", program, _folder.Root]) { RedirectStandardInput = true })!;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it, or ends the test where it cannot be.</summary>
    /// <param name="names">Who is asked for the gateways' addresses.</param>
    /// <param name="gateways">The port at which they all listen.</param>
    public static async Task<ShippedNginx> StartOrSkipAsync(NameServer names, int gateways)
    {
        var program = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':')
            .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "nginx is not installed.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "nginx, as it is installed, is for root: its folders belong to that.");
        var nginx = new ShippedNginx(program!, FreePort.Find(), names.Port, gateways);
        await Eventually.TrueAsync(nginx.Listens, $"nginx listens: {File.ReadAllText(nginx._folder["nginx.conf"])}");
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WithinTimeoutAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Replace(string text, string shipped, string here)
    {
        Assert.Equal(2, text.Split(shipped).Length);
        return text.Replace(shipped, here, StringComparison.Ordinal);
    }

    private bool Listens()
    {
        Assert.False(_process.HasExited, "nginx has ended.");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
