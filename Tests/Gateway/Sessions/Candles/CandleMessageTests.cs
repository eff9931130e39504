using System.Text;
using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.Candles;

/// <summary>The candles that a client gets.</summary>
public sealed class CandleMessageTests
{
    [Fact]
    public async Task A_client_gets_what_is_running_and_then_every_change()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "A");
        await tape.SendAsync(0, (0, 1), (1, 2));
        using var client = await gateway.ConnectAsync();

        Assert.Equal("A", await client.SubscribeAsync("A"));

        Assert.Equal("A 1s: 0=1, 1=2", await client.CandlesAsync());
        await tape.SendAsync(1, (1, 3), (2, 4));
        Assert.Equal("A 1s: 0=1 closed, 1=3, 2=4", await client.CandlesAsync());
        await tape.SendAsync(3);
        Assert.Equal("A 1s: 1=3 closed, 2=4 closed", await client.CandlesAsync());
    }

    [Fact]
    public async Task Longer_candles_and_those_of_single_exchanges_come_as_well()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "coinbase:A");
        await tape.SendAsync(0, (0, 1), (1, 5));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("""{"type":"subscribe","channel":"candles","symbols":["coinbase:A"],"interval":"1m"}""");

        Assert.Equal("coinbase:A", await client.SubscribedAsync());
        Assert.Equal("coinbase:A 1m: 0=5", await client.CandlesAsync());
        await tape.SendAsync(60, (60, 6));
        Assert.Equal("coinbase:A 1m: 0=5 closed, 60=6", await client.CandlesAsync());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(700)]
    public async Task Between_a_page_that_was_read_and_what_follows_there_is_no_seam(long read)
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "A");
        await tape.SendUntilAsync(read);
        var page = await tape.ClosedAsync();
        await tape.SendUntilAsync(read + 450); // More than the gateway keeps.
        using var client = await gateway.ConnectAsync();

        await client.SubscribeAsync("A", from: page[^1] + 1);
        var following = client.ClosedUntilAsync(read + 460);
        await tape.SendUntilAsync(read + 460);

        long[] held = [.. page, .. await following];
        Assert.Equal(Enumerable.Range((int)page[0], held.Length).Select(second => (long)second), held);
    }

    [Fact]
    public async Task Who_was_away_gets_what_was_closed_meanwhile()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "A");
        await tape.SendUntilAsync(5);
        using var first = await gateway.ConnectAsync();
        await first.SubscribeAsync("A", from: 2);
        Assert.Equal([2, 3, 4, 5], await first.ClosedUntilAsync(5));
        first.Socket.Abort();
        await tape.SendUntilAsync(9);

        using var second = await gateway.ConnectAsync();
        await second.SubscribeAsync("A", from: 6);

        Assert.Equal([6, 7, 8, 9], await second.ClosedUntilAsync(9));
    }

    [Fact]
    public async Task A_shard_that_dies_doubles_nothing_and_loses_nothing()
    {
        await using var gateway = await CandleGateway.StartAsync();
        var tape = new CandleTape(gateway.Grains, "A");
        await tape.SendUntilAsync(3);
        using var client = await gateway.ConnectAsync();
        await client.SubscribeAsync("A", from: 0);
        var seen = await client.ClosedUntilAsync(3);
        for (var second = 10; second < 40; second += 10)
        {
            await tape.LoseShardAsync();
            await tape.SendUntilAsync(second);
            seen.AddRange(await client.ClosedUntilAsync(second));
        }

        Assert.Equal(await tape.ClosedAsync(), seen);
    }

    [Fact]
    public async Task A_client_that_reads_slowly_gets_every_closed_candle()
    {
        await using var gateway = await CandleGateway.StartAsync(("Sessions:SendBuffer", "8192"));
        var tape = new CandleTape(gateway.Grains, "A");
        await tape.SendUntilAsync(0);
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);
        var subscribe = $$"""{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"1s","from":{{CandleTape.Start}}}""";
        await client.SendFrameAsync(0x81, Encoding.UTF8.GetBytes(subscribe));
        await client.ReadUpToAsync("\"subscribed\"");
        await tape.SendUntilAsync(500); // Several times what the buffers between hold.

        var closed = new List<long>();
        while (closed.Count == 0 || closed[^1] < 500)
        {
            using var message = JsonDocument.Parse(await client.ReadTextAsync());
            if (message.RootElement.GetProperty("type").GetString() == "candles")
            {
                closed.AddRange(CandleGateway.ClosedIn(message.RootElement));
            }
        }

        Assert.Equal(await tape.ClosedAsync(), closed);
    }
}
