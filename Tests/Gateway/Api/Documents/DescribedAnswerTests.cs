using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Tests.Gateway.Api.Documents;

/// <summary>Provokes the answers of the API, and checks each by the document. A member that is not in the document is an error.</summary>
public sealed class DescribedAnswerTests
{
    private const string Symbol = "TEST-USD";
    private static readonly Quote Known = ApiHost.Quote("BTC-USD", 42_000.125m);

    [Fact]
    public async Task Candles_with_gaps_and_further_pages()
    {
        await using var api = await ApiHost.StartAsync([]);
        var script = new CandleScript(api, Symbol);
        await script.TradeAsync(0, 5);
        await script.TradeAsync(8, 5, isWatched: false);
        var (described, token) = (await DescribedApi.ReadAsync(api.Gateway), await api.Gateway.GetTokenAsync());

        using var page = await described.ExpectAsync(api.Gateway, described["listCandles"], 200, token, Candles(("limit", "7")));
        using var file = await described.ExpectAsync(api.Gateway, described["downloadCsv"], 200, token, described["downloadCsv"].CreateRequest(("symbol", Symbol)));
        using var chart = await described.ExpectAsync(api.Gateway, described["getUdfHistory"], 200, token, Chart(("from", null), ("to", null)));
        using var nothing = await described.ExpectAsync(
            api.Gateway, described["getUdfHistory"], 200, token, Chart(("countback", null), ("to", "1990000000"), ("from", "1980000000")));

        var text = await page.Content.ReadAsStringAsync(ApiHost.Stop);
        Assert.Contains("\"next_cursor\":", text, StringComparison.Ordinal);
        Assert.Contains("\"gaps\":[{", text, StringComparison.Ordinal);
        Assert.True(page.Headers.Contains("Link"));
        Assert.Contains("\"nextTime\":", await nothing.Content.ReadAsStringAsync(ApiHost.Stop), StringComparison.Ordinal);

        HttpRequestMessage Candles(params (string, string?)[] values) =>
            described["listCandles"].CreateRequest([("symbol", Symbol), ("cursor", null), .. values]);

        HttpRequestMessage Chart(params (string, string?)[] values) => described["getUdfHistory"].CreateRequest([("symbol", Symbol), .. values]);
    }

    [Fact]
    public async Task Tickers_with_all_that_is_known()
    {
        var details = new QuoteDetails
        {
            UpdatedAt = Known.Time,
            Bid = 1.1m,
            BidSize = 2,
            Ask = 1.2m,
            AskSize = 3,
            Last = 1.15m,
            LastSize = 0.5m,
            Open = 1,
            High = 2,
            Low = 0.5m,
            Volume = 100,
            Sources = 3,
            Confidence = 0.01m,
        };
        await using var api = await ApiHost.StartAsync([Known with { IsStale = true, Details = details }]);
        var (described, token) = (await DescribedApi.ReadAsync(api.Gateway), await api.Gateway.GetTokenAsync());

        foreach (var id in (string[])["listTickers", "getTicker", "listSymbols", "searchUdfSymbols", "getUdfSymbol", "getUdfConfig", "getUdfQuotes"])
        {
            var request = id is "listTickers" or "getUdfQuotes" ? described[id].CreateRequest(("symbols", Known.Symbol)) : described[id].CreateRequest(("exchange", null));
            using var answer = await described.ExpectAsync(api.Gateway, described[id], 200, token, request);
        }
    }

    [Fact]
    public async Task What_the_client_has_already()
    {
        await using var api = await ApiHost.StartAsync([Known]);
        var (described, token) = (await DescribedApi.ReadAsync(api.Gateway), await api.Gateway.GetTokenAsync());
        var tagged = described.Operations.Where(operation => operation.Has("304")).ToList();
        Assert.Equal(6, tagged.Count);
        foreach (var operation in tagged)
        {
            (string, string?)[] values = operation.Id == "listTickers" ? [("symbols", null)] : [];
            using var answer = await described.ExpectAsync(api.Gateway, operation, 304, token, operation.CreateRequest([.. values, ("If-None-Match", "*")]));
        }
    }

    [Fact]
    public async Task Requests_without_a_token()
    {
        await using var api = await ApiHost.StartAsync([Known]);
        await ExpectAllAsync(api, 401, token: null, operation => operation.CreateRequest());
    }

    [Fact]
    public async Task Wrong_requests()
    {
        await using var api = await ApiHost.StartAsync([Known]);
        await ExpectAllAsync(api, 400, await api.Gateway.GetTokenAsync(), operation =>
        {
            var request = operation.Id switch
            {
                "streamPrices" => operation.CreateRequest(("detail", "all")),
                "getUdfHistory" => operation.CreateRequest(("resolution", "7")),
                _ when operation.Path.StartsWith("/auth", StringComparison.Ordinal) => operation.CreateRequest(),
                _ => operation.CreateRequest(("form", "1")),
            };
            request.Content = request.Content is null ? null : new StringContent("{}");
            return request;
        });
    }

    [Fact]
    public async Task Requests_that_the_policies_do_not_allow()
    {
        var settings = ApiHost.Readers;
        settings[2] = ("Policies:readers:Actions:0", "something.else");
        await using var api = await ApiHost.StartAsync([Known], settings);

        // Only tokens of other users can't be revoked, and there is no other one.
        await ExpectAllAsync(api, 403, await api.Gateway.GetTokenAsync(), operation => operation.CreateRequest(), except: "revokeToken");
    }

    [Fact]
    public async Task Symbols_that_do_not_exist()
    {
        await using var api = await ApiHost.StartAsync([Known]);
        await ExpectAllAsync(
            api, 404, await api.Gateway.GetTokenAsync(), operation => operation.CreateRequest((operation.Id == "listTickers" ? "symbols" : "symbol", "NONE")));
    }

    [Fact]
    public async Task Bodies_that_are_too_large()
    {
        await using var api = await ApiHost.StartAsync([Known]);
        await ExpectAllAsync(api, 413, await api.Gateway.GetTokenAsync(), operation =>
        {
            var request = operation.CreateRequest();
            request.Content = new StringContent(new string(' ', 5000));
            return request;
        });
    }

    [Fact]
    public async Task Too_many_requests()
    {
        await using var api = await ApiHost.StartAsync(
            [Known], ("Limits:ReadsPerMinutePerUser", "1"), ("Limits:ExchangesPerMinute", "3"), ("Limits:SocketsPerUser", "1"));
        var (described, token) = (await DescribedApi.ReadAsync(api.Gateway), await api.Gateway.GetTokenAsync());
        using var read = await described.ExpectAsync(api.Gateway, described["getTime"], 200, token, described["getTime"].CreateRequest());
        using var stream = await described.ExpectAsync(api.Gateway, described["streamPrices"], 200, token, described["streamPrices"].CreateRequest());
        using var revoked = await described.ExpectAsync(api.Gateway, described["revokeToken"], 200, token, described["revokeToken"].CreateRequest());

        await ExpectAllAsync(api, 429, token, operation => operation.CreateRequest());
    }

    [Fact]
    public async Task A_gateway_without_prices_and_shards_without_a_store()
    {
        var calls = new CandleCalls { Failure = new HistoryUnavailableException("as the test says") };
        await using var api = await ApiHost.StartAsync(calls.Install, []);

        // A stream waits for prices, and a store of tokens that is away takes more to provoke.
        await ExpectAllAsync(
            api, 503, await api.Gateway.GetTokenAsync(), operation => operation.CreateRequest(), "streamPrices", "revokeToken", "introspectToken");
    }

    [Fact]
    public async Task A_fault_of_the_server()
    {
        await using var api = await ApiHost.StartAsync(FailingAuthorization.Install, [Known]);
        var (described, token) = (await DescribedApiOf(), await api.Gateway.GetTokenAsync());
        foreach (var id in (string[])["listSymbols", "getUdfConfig"])
        {
            using var answer = await described.ExpectAsync(api.Gateway, described[id], 500, token, described[id].CreateRequest(("exchange", null)));
        }

        // The document can't be read here.
        static async Task<DescribedApi> DescribedApiOf()
        {
            await using var other = await ApiHost.StartAsync([]);
            return await DescribedApi.ReadAsync(other.Gateway);
        }
    }

    /// <summary>Sends a request to each operation that has an answer with a status, and expects this answer.</summary>
    private static async Task ExpectAllAsync(ApiHost api, int status, string? token, Func<DescribedOperation, HttpRequestMessage> create, params string[] except)
    {
        var described = await DescribedApi.ReadAsync(api.Gateway);
        var operations = described.Operations.Where(operation => operation.Has($"{status}") && !except.Contains(operation.Id)).ToList();
        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            using var request = create(operation);
            using var answer = await described.ExpectAsync(api.Gateway, operation, status, token, request);
        }
    }
}
