using OrleansTicker.Tests.Hosting;
using static OrleansTicker.Tests.Gateway.Sessions.SubscriptionMessages;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>How a client changes its view. Each test sets the prices itself.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class SubscriptionTests(string transport)
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task The_first_symbols_that_a_client_names_take_the_place_of_all()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"subscribe","symbols":["B"]}""");

        Assert.Equal("B; 0 ms", await ViewAsync(client));
        Say("A", 2);
        Say("B", 3);
        Assert.Equal([("B", 3)], await TickAsync(client));
    }

    [Fact]
    public async Task A_symbol_that_is_new_in_the_view_comes_at_once_and_the_others_only_when_they_change()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);
        await client.SendAsync("""{"type":"subscribe","symbols":["B"]}""");
        await ViewAsync(client);

        await client.SendAsync("""{"type":"subscribe","symbols":["A","B"]}""");

        Assert.Equal("A B; 0 ms", await ViewAsync(client));
        Assert.Equal([("A", 1)], await TickAsync(client));
    }

    [Fact]
    public async Task What_a_client_leaves_out_no_longer_comes()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"unsubscribe","symbols":["A"]}""");

        Assert.Equal("B C; 0 ms", await ViewAsync(client));
        Say("A", 2);
        Say("C", 3);
        Assert.Equal([("C", 3)], await TickAsync(client));
    }

    [Fact]
    public async Task A_star_stands_for_all()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"unsubscribe","symbols":["*"]}""");
        Assert.Equal("; 0 ms", await ViewAsync(client));
        await client.SendAsync("""{"type":"subscribe","symbols":["*"]}""");

        Assert.Equal("A B C; 0 ms", await ViewAsync(client));
        Assert.Equal([("A", 1), ("B", 1), ("C", 1)], await TickAsync(client));
    }

    [Fact]
    public async Task Symbols_that_are_not_there_are_named_and_the_others_count()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"subscribe","symbols":["X","B","Y"]}""");

        Assert.Equal("unknown_symbol: X Y", await ErrorAsync(client));
        Assert.Equal("B; 0 ms", await ViewAsync(client));

        await client.SendAsync("""{"type":"unsubscribe","symbols":["Z"]}""");
        Assert.Equal("unknown_symbol: Z", await ErrorAsync(client));
        Assert.Equal("B; 0 ms", await ViewAsync(client));
    }

    [Fact]
    public async Task Where_none_of_the_named_symbols_is_there_the_view_stays()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"subscribe","symbols":["X"]}""");

        Assert.Equal("unknown_symbol: X", await ErrorAsync(client));
        Assert.Equal("A B C; 0 ms", await ViewAsync(client));
    }

    [Fact]
    public async Task To_leave_out_what_is_not_there_changes_nothing()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"unsubscribe","symbols":[]}""");
        Assert.Equal("A B C; 0 ms", await ViewAsync(client));
        await client.SendAsync("""{"type":"unsubscribe","symbols":["X"]}""");
        Assert.Equal("unknown_symbol: X", await ErrorAsync(client));
        Assert.Equal("A B C; 0 ms", await ViewAsync(client));

        Say("D", 7);
        Assert.Equal([("D", 7)], await TickAsync(client));
    }

    [Fact]
    public async Task To_leave_out_a_symbol_of_a_market_that_is_still_empty_changes_nothing()
    {
        await using var gateway = await GatewayHost.StartAsync(_source.Install, Transports.Setting(transport));
        using var client = await gateway.ConnectAsync();

        await client.SendAsync("""{"type":"unsubscribe","symbols":["A"]}""");
        Assert.Equal("unknown_symbol: A", await ErrorAsync(client));
        Assert.Equal("; 0 ms", await ViewAsync(client));

        Say("B", 1);
        Assert.Equal([("B", 1)], await TickAsync(client));
    }

    [Fact]
    public async Task A_client_sees_what_the_policies_let_it_see()
    {
        await using var gateway = await StartAsync(
            ("Policies:some:Actions:0", "*"),
            ("Policies:some:Resources:0", "*"),
            ("Policies:some:Effect", "Allow"),
            ("Policies:some:Groups:0", "user"),
            ("Policies:notall:Actions:0", "symbol.subscribe"),
            ("Policies:notall:Resources:0", "symbol:B"),
            ("Policies:notall:Effect", "Deny"),
            ("Policies:notall:Groups:0", "user"));
        using var client = await gateway.ConnectAsync();
        Assert.Equal([("A", 1), ("C", 1)], await TickAsync(client));

        // It never saw B, so leaving it out does not turn the view into a fixed list.
        await client.SendAsync("""{"type":"unsubscribe","symbols":["B"]}""");
        Assert.Equal("A C; 0 ms", await ViewAsync(client));
        Say("D", 7);
        Assert.Equal([("D", 7)], await TickAsync(client));

        await client.SendAsync("""{"type":"subscribe","symbols":["B","C"]}""");

        Assert.Equal("forbidden: B", await ErrorAsync(client));
        Assert.Equal("C; 0 ms", await ViewAsync(client));
    }

    [Fact]
    public async Task An_interval_holds_messages_back_and_may_be_changed()
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync("""{"type":"subscribe","interval_ms":60000}""");
        Assert.Equal("A B C; 60000 ms", await ViewAsync(client));
        Say("A", 2);
        Assert.Equal([("A", 2)], await TickAsync(client));
        Say("A", 3);
        Say("A", 4);
        Say("B", 5);
        await SeenAsync(gateway, "B", 5);
        await client.SendAsync("""{"type":"subscribe","interval_ms":0}""");

        // Nothing came in between: the next message is the acknowledgement.
        Assert.Equal("subscribed", (await client.ReceiveAsync())?.GetProperty("type").GetString());
        Assert.Equal([("A", 4), ("B", 5)], await TickAsync(client));
    }

    [Fact]
    public async Task A_symbol_that_appears_in_the_market_comes_to_those_who_want_all()
    {
        await using var gateway = await StartAsync();
        using var all = await ConnectAsync(gateway);
        using var some = await ConnectAsync(gateway);
        await some.SendAsync("""{"type":"subscribe","symbols":["A"]}""");
        await ViewAsync(some);

        Say("D", 7);

        Assert.Equal([("D", 7)], await TickAsync(all));
        Say("A", 8);
        Assert.Equal([("A", 8)], await TickAsync(some));
    }

    [Theory]
    [InlineData("""{"type":"subscribe"}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","symbols":"A"}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","symbols":[1]}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","symbols":[null]}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","symbols":["\ud800"]}""", "invalid_json")]
    [InlineData("""{"type":"subscribe","interval_ms":-1}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","interval_ms":60001}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","interval_ms":1.5}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","interval_ms":"100"}""", "invalid_message")]
    [InlineData("""{"type":"subscribe","symbols":["A"],"interval_ms":null}""", "invalid_message")]
    [InlineData("""{"type":"unsubscribe"}""", "invalid_message")]
    [InlineData("""{"type":"unsubscribe","symbols":{}}""", "invalid_message")]
    public async Task A_change_that_cannot_be_read_changes_nothing(string message, string code)
    {
        await using var gateway = await StartAsync();
        using var client = await ConnectAsync(gateway);

        await client.SendAsync(message);

        Assert.Equal($"{code}: ", await ErrorAsync(client));
        Say("A", 2);
        Assert.Equal([("A", 2)], await TickAsync(client));
    }

    private async Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        Say("A", 1);
        Say("B", 1);
        Say("C", 1);
        var gateway = await GatewayHost.StartAsync(_source.Install, [Transports.Setting(transport), .. settings]);
        await SeenAsync(gateway, "C", 1);
        return gateway;
    }

    /// <summary>Connects a client, and reads its snapshot.</summary>
    private static async Task<TickerClient> ConnectAsync(GatewayHost gateway)
    {
        var client = await gateway.ConnectAsync();
        Assert.Equal([("A", 1), ("B", 1), ("C", 1)], await TickAsync(client));
        return client;
    }

    private void Say(string symbol, decimal price) => _source.Say(symbol, price);

    /// <summary>Waits until the gateway's market has this price.</summary>
    private static async Task SeenAsync(GatewayHost gateway, string symbol, decimal price)
    {
        using var witness = await gateway.ConnectAsync();
        while (!(await TickAsync(witness)).Contains((symbol, price)))
        {
            // It comes with a later one.
        }
    }
}
