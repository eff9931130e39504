using Microsoft.AspNetCore.Http;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.Tests.LoadTest.Hosting;

namespace OrleansTicker.Tests.LoadTest.Clients;

public sealed class ApiReaderTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_pages_of_a_range_are_read()
    {
        await using var gateway = await FakeGateway.StartAsync(context => context.Response.WriteAsync(context.Request.Query["cursor"].ToString() switch
        {
            "" => """{"symbol":"A","interval":"1s","candles":[{"open_time":10,"open":1.10,"high":2,"low":1,"close":1.5,"volume":0.00000001,"quote_volume":0.3,"trades":4,"closed":true}],"gaps":[{"from":11,"to":12}],"next_cursor":"b+"}""",
            "b+" => """{"symbol":"A","interval":"1s","candles":[{"open_time":12,"open":1,"high":2,"low":1,"close":1.5,"volume":1,"quote_volume":0.3,"trades":4,"closed":false}],"gaps":[],"more":1}""",
            _ => "{}",
        }));
        using var reader = new ApiReader();

        var read = await reader.ReadCandlesAsync(gateway.Address, FakeGateway.Token, "A&B", "1s", 10, 20, Stop);

        Assert.Equal(
            [new ReceivedCandle(10, 1.1m, 2, 1, 1.5m, 0.00000001m, 0.3m, 4, true), new ReceivedCandle(12, 1, 2, 1, 1.5m, 1, 0.3m, 4, false)], read.Candles);
        Assert.Equal([new ReceivedGap(11, 12)], read.Gaps);
        Assert.Equal(
            ["/api/v1/candles?symbol=A%26B&interval=1s&from=10&to=20&limit=5000", "/api/v1/candles?symbol=A%26B&interval=1s&from=10&to=20&limit=5000&cursor=b%2B"],
            gateway.Requests);
    }

    [Fact]
    public async Task The_symbols_of_single_exchanges_are_left_out()
    {
        await using var gateway = await FakeGateway.StartAsync(context =>
            context.Response.WriteAsync("""{"symbols":[{"symbol":"BTC-USD","price_digits":2},{"symbol":"okx:BTC-USD","exchange":"okx"}]}"""));
        using var reader = new ApiReader();

        Assert.Equal(["BTC-USD"], await reader.ReadSymbolsAsync(gateway.Address, FakeGateway.Token, Stop));
    }

    [Theory]
    [InlineData("""{"candles":[],"gaps":[],"next_cursor":"same"}""", "leads to the same page again")]
    [InlineData("""{"candles":[]}""", "is not answered")]
    [InlineData("""{"candles":[{"open_time":1}],"gaps":[]}""", "is not answered")]
    [InlineData("no JSON", "is not answered")]
    public async Task An_answer_that_is_none_is_told(string answer, string told)
    {
        await using var gateway = await FakeGateway.StartAsync(context => context.Response.WriteAsync(answer));
        using var reader = new ApiReader();

        var fault = await Assert.ThrowsAsync<AnswerException>(() => reader.ReadCandlesAsync(gateway.Address, FakeGateway.Token, "A", "1s", 10, 20, Stop));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_status_and_words()
    {
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync("history unavailable");
        });
        using var reader = new ApiReader();

        var fault = await Assert.ThrowsAsync<AnswerException>(() => reader.ReadSymbolsAsync(gateway.Address, FakeGateway.Token, Stop));
        Assert.Equal((503, "/api/v1/symbols is answered with 503 history unavailable"), (fault.Status, fault.Message));

        fault = await Assert.ThrowsAsync<AnswerException>(() => reader.ReadSymbolsAsync(gateway.Address, "other", Stop));
        Assert.Equal(401, fault.Status);
    }
}
