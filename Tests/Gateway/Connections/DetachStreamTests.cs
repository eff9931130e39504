using System.Net.Sockets;
using System.Text;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>The bytes of many clients that send while their sockets are detached: none is lost, doubled or out of order.</summary>
public sealed class DetachStreamTests
{
    private const int Clients = 600;
    private const int AtATime = 24;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_byte_of_every_client_is_found_in_order_however_it_is_cut()
    {
        await using var server = await DetachingServer.StartAsync((context, _) => Task.CompletedTask);
        var receivers = Task.Run(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => ReceiveAsync(server))), Stop);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Clients),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = Stop },
            async (seed, _) => await SendAsync(server, seed));

        var received = await receivers.WithinTimeoutAsync();

        Assert.Equal(Enumerable.Range(0, Clients), received.Select(one => one.Seed).Order());
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{received.Count(one => one.Early == 0)} wholly in the socket, {received.Count(one => one.Late == 0)} wholly in the stream.");
        Assert.Contains(received, one => one is { Early: > 0, Late: > 0 });
        await server.Web.LetsGoAsync();
    }

    /// <summary>Begins with its seed and length, so that the other side knows what follows.</summary>
    private static byte[] BytesOf(int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[8 + random.Next(seed % 4 == 0 ? 200_000 : 2_000)];
        random.NextBytes(bytes.AsSpan(8));
        BitConverter.TryWriteBytes(bytes, seed);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), bytes.Length);
        return bytes;
    }

    private static async Task SendAsync(DetachingServer server, int seed)
    {
        var random = new Random(-seed);
        byte[] bytes = [.. Encoding.ASCII.GetBytes(DetachingServer.Handshake), .. BytesOf(seed)];
        using var client = await server.Web.ConnectAsync();
        var (answer, start) = (Task.CompletedTask, 0);
        while (start < bytes.Length)
        {
            // From the handshake's last byte on, cuts of all sizes; some clients wait for the answer first.
            var end = start < DetachingServer.Handshake.Length
                ? DetachingServer.Handshake.Length + (seed % 3 == 0 ? random.Next(50) : 0)
                : start + 1 + random.Next(seed % 2 == 0 ? 40_000 : 100);
            end = Math.Min(end, bytes.Length);
            await client.WriteAsync(bytes.AsMemory(start, end - start));
            start = end;
            if (answer == Task.CompletedTask)
            {
                answer = client.ReadHeadersAsync();
                if (seed % 5 == 0)
                {
                    await answer;
                }
            }
        }

        await answer;
        Assert.Equal("ok"u8.ToArray(), await client.ReadAsync(2));
    }

    private static async Task<(int Seed, int Early, int Late)> ReceiveAsync(DetachingServer server)
    {
        var detached = await server.NextAsync();
        using var socket = detached.Socket!;
        byte[] head = [.. detached.Early, .. await socket.ReadAsync(Math.Max(8 - detached.Early.Length, 0))];
        var (seed, length) = (BitConverter.ToInt32(head), BitConverter.ToInt32(head, 4));
        byte[] bytes = [.. head, .. await socket.ReadAsync(length - head.Length)];
        Assert.True(BytesOf(seed).AsSpan().SequenceEqual(bytes), $"Client {seed}, {detached.Early.Length} bytes early");
        await socket.WriteAsync("ok");
        return (seed, detached.Early.Length, length - detached.Early.Length);
    }
}
