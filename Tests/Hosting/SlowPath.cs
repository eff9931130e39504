using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// Two network namespaces and a path between them that delays each packet in both directions, and changes nothing else. Needs Linux, root and
/// iproute2.
/// </summary>
internal sealed class SlowPath : IDisposable
{
    private const string Device = "/dev/net/tun";
    private const nuint SetInterface = 0x400454CA; // TUNSETIFF
    private const short PacketsOnly = 0x1001; // IFF_TUN | IFF_NO_PI
    private const int FlagsOffset = 16;
    private const int RequestLength = 40; // struct ifreq
    private const int NetworkNamespace = 0x40000000; // CLONE_NEWNET
    private const int MaxPacketBytes = 65536;

    private static int _number;

    private readonly TimeSpan _delay;
    private readonly string _id = $"ot{Environment.ProcessId}-{Interlocked.Increment(ref _number)}";
    private readonly SafeFileHandle _server;
    private readonly SafeFileHandle _client;

    /// <param name="delay">The delay of a packet in each direction.</param>
    public SlowPath(TimeSpan delay)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists(Device) && File.Exists("/usr/sbin/ip"),
            $"two network namespaces need Linux, root, {Device} and iproute2");
        _delay = delay;
        _server = Open("s", ServerAddress);
        _client = Open("c", ClientAddress);
        Relay(_server, _client);
        Relay(_client, _server);
    }

    /// <summary>The address of servers.</summary>
    public static IPAddress ServerAddress { get; } = IPAddress.Parse("10.231.0.1");

    private static IPAddress ClientAddress { get; } = IPAddress.Parse("10.231.0.2");

    /// <summary>Creates a socket at the server's end.</summary>
    public Socket AtServer(Func<Socket> create) => In("s", create);

    /// <summary>Creates a socket at the client's end.</summary>
    public Socket AtClient() => In("c", () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });

    public void Dispose()
    {
        foreach (var end in new[] { "s", "c" })
        {
            Run($"-n {_id}{end} link delete {_id}{end}"); // This also ends the thread that reads from it.
            Run($"netns delete {_id}{end}");
        }

        _server.Dispose();
        _client.Dispose();
    }

    private SafeFileHandle Open(string end, IPAddress address)
    {
        var name = _id + end;
        var handle = File.OpenHandle(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var request = new byte[RequestLength];
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(FlagsOffset), PacketsOnly);
        Assert.SkipUnless(Control(handle, SetInterface, request) == 0, $"{Device} makes no device");
        Assert.SkipUnless(Run($"netns add {name}"), "no network namespace can be made");
        Assert.True(Run($"link set {name} netns {name}"));
        Assert.True(Run($"-n {name} address add {address}/24 dev {name}"));
        Assert.True(Run($"-n {name} link set {name} up"));
        return handle;
    }

    private Socket In(string end, Func<Socket> create)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{_id}{end}");
                Assert.Equal(0, EnterNamespace(file, NetworkNamespace)); // Only for this thread.
                socket = create();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException("No socket could be made there.", failure);
    }

    private void Relay(SafeFileHandle from, SafeFileHandle to)
    {
        var underWay = Channel.CreateUnbounded<(long SentAt, byte[] Packet)>();
        new Thread(() =>
        {
            var buffer = new byte[MaxPacketBytes];
            for (nint length; (length = Read(from, buffer, MaxPacketBytes)) > 0;)
            {
                underWay.Writer.TryWrite((TimeProvider.System.GetTimestamp(), buffer[..(int)length]));
            }

            underWay.Writer.Complete();
        }) { IsBackground = true }.Start();
        _ = DeliverAsync(underWay.Reader, to);
    }

    private async Task DeliverAsync(ChannelReader<(long SentAt, byte[] Packet)> underWay, SafeFileHandle to)
    {
        await foreach (var (sentAt, packet) in underWay.ReadAllAsync())
        {
            if (_delay - TimeProvider.System.GetElapsedTime(sentAt) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, TimeProvider.System);
            }

            if (to.IsClosed || Write(to, packet, (nuint)packet.Length) < 0)
            {
                break; // The path was removed.
            }
        }
    }

    private static bool Run(string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    [DllImport("libc", EntryPoint = "ioctl")]
    private static extern int Control(SafeFileHandle file, nuint request, byte[] argument);

    [DllImport("libc", EntryPoint = "setns")]
    private static extern int EnterNamespace(SafeFileHandle file, int kind);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint Read(SafeFileHandle file, byte[] buffer, nuint count);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(SafeFileHandle file, byte[] buffer, nuint count);
}
