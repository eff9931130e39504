using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>Whether strangers can hold up everyone's prices by asking for tokens.</summary>
public sealed class LockedDatabaseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prices_go_on_while_many_wait_for_a_database_that_another_process_holds()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();
        await client.ReceiveAsync("ticker");
        await using var other = new SqliteConnection($"Data Source={gateway.KeyPath};Pooling=False");
        await other.OpenAsync(Stop);
        using var command = other.CreateCommand();
        command.CommandText = "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Stop);

        var answers = Task.WhenAll(Enumerable.Range(0, 150).Select(async _ =>
        {
            using var response = await gateway.Http.PostAsJsonAsync("/auth/token", new { api_key = ApiKeyFormat.Create() }, Stop);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
        }));
        var ticks = 0;
        while (!answers.IsCompleted)
        {
            await client.ReceiveAsync("ticker");
            ticks++;
        }

        Assert.All(await answers, answer => Assert.Equal((HttpStatusCode.InternalServerError, """{"error":"database unavailable"}"""), answer));
        Assert.True(ticks > 50, $"{ticks} messages came while the requests waited.");
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n")]
    public async Task A_body_that_cannot_be_read_is_the_requests_fault(string rest)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /auth/token HTTP/1.1\r\nHost: localhost\r\n{rest}"), Stop);

        var buffer = new byte[4096];
        var text = "";
        while (!text.EndsWith('}'))
        {
            var count = await socket.ReceiveAsync(buffer, Stop);
            Assert.True(count > 0, $"Only this came: {text}");
            text += Encoding.ASCII.GetString(buffer, 0, count);
        }

        Assert.StartsWith("HTTP/1.1 400 ", text, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":"bad request"}""", text, StringComparison.Ordinal);
    }
}
