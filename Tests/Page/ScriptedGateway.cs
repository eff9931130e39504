using System.Collections.Concurrent;
using Microsoft.Playwright;
using OrleansTicker.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OrleansTicker.Tests.Page;

/// <summary>
/// A gateway as the page sees it, that says what the test says, and so what no real one would: the page's files come from the
/// disk, the answers and the sockets from routes of the browser.
/// </summary>
internal sealed class ScriptedGateway
{
    public const string Origin = "http://page.test";

    /// <summary>What the build has made of the page, and what browsers get.</summary>
    public static readonly string Files = Path.Combine(AppContext.BaseDirectory, "public");

    /// <summary>What it was made of.</summary>
    public static readonly string Sources = Path.Combine(Repository.Root, "public");

    /// <summary>An answer with a token.</summary>
    public static readonly RouteFulfillOptions Issued = Json(200, """{"token":"a.token-of_the.test","user_id":"demo","role":"user","expires_in":3600}""");

    private readonly Queue<RouteFulfillOptions> _tokenAnswers;

    private ScriptedGateway(IPage page, IEnumerable<RouteFulfillOptions> tokenAnswers) => (Page, _tokenAnswers) = (page, new(tokenAnswers));

    public IPage Page { get; }

    /// <summary>The sockets that the page has opened, in that order.</summary>
    public List<IWebSocketRoute> Sockets { get; } = [];

    /// <summary>What the page has said through them.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>What paths answer, if not what they do by themselves: no candles, no figures of the day, and the page's files.</summary>
    public ConcurrentDictionary<string, RouteFulfillOptions> Answers { get; } = new()
    {
        ["/api/v1/tickers"] = Json(200, """{"epoch":1,"seq":1,"tickers":[]}"""),
        ["/api/v1/candles"] = Json(200, """{"candles":[],"gaps":[]}"""),
        ["/entry.json"] = Json(200, "{}"),
    };

    /// <summary>How often the page has asked for a token.</summary>
    public int TokenRequests { get; private set; }

    /// <summary>How often it has asked how the gateway is.</summary>
    public int ReadinessRequests { get; private set; }

    /// <summary>What <c>/health/ready</c> answers; null for nothing, as where nobody is there.</summary>
    public RouteFulfillOptions? Readiness { get; set; }

    /// <summary>What the welcome of a socket names.</summary>
    public long Epoch { get; set; } = 1;

    /// <summary>Opens the page.</summary>
    /// <param name="window">Where.</param>
    /// <param name="tokenAnswers">What the first requests for a token are answered with, before tokens are issued.</param>
    public static Task<ScriptedGateway> VisitAsync(IBrowserContext window, params RouteFulfillOptions[] tokenAnswers) => VisitAsync(window, "/", tokenAnswers);

    /// <inheritdoc cref="VisitAsync(IBrowserContext, RouteFulfillOptions[])"/>
    public static async Task<ScriptedGateway> VisitAsync(IBrowserContext window, string path, params RouteFulfillOptions[] tokenAnswers)
    {
        var page = await window.NewPageAsync();
        var gateway = new ScriptedGateway(page, tokenAnswers);
        await page.RouteAsync($"{Origin}/**", gateway.AnswerAsync);
        await page.RouteWebSocketAsync(url => url.Contains("/ws/ticker", StringComparison.Ordinal), gateway.Welcome);
        await page.GotoAsync(Origin + path);
        return gateway;
    }

    /// <summary>Opens the page and connects it.</summary>
    public static async Task<ScriptedGateway> ConnectAsync(IBrowserContext window, long epoch = 1, string path = "/")
    {
        var gateway = await VisitAsync(window, path);
        gateway.Epoch = epoch;
        await gateway.EnterKeyAsync();
        await Expect(gateway.Page.Locator("body")).ToHaveAttributeAsync("data-screen", "prices");
        return gateway;
    }

    /// <summary>Skips a test of what the build makes, where it could not.</summary>
    public static void SkipUnlessMade() => Assert.SkipUnless(File.Exists(Path.Combine(Files, "js/main.js.map")), "built without npm: the page is left as its sources, without its chart");

    public static RouteFulfillOptions Json(int status, string body) => new() { Status = status, ContentType = "application/json", Body = body };

    public static RouteFulfillOptions Html(int status) => new() { Status = status, ContentType = "text/html", Body = "<html>Sorry!</html>" };

    /// <summary>Enters a key.</summary>
    public async Task EnterKeyAsync()
    {
        await Page.FillAsync("#api-key", "otk_scripted");
        await Page.ClickAsync("#connect");
    }

    /// <summary>Sends a ticker message through the newest socket.</summary>
    /// <param name="seq">Its seq, in the epoch of the welcome.</param>
    /// <param name="prevSeq">The seq it starts from; 0 for a snapshot.</param>
    /// <param name="prices">The prices as their JSON has them.</param>
    public void Say(long seq, long prevSeq, params (string Symbol, string Price)[] prices) => Say(DateTimeOffset.UnixEpoch.AddSeconds(seq), seq, prevSeq, prices);

    /// <inheritdoc cref="Say(long, long, (string, string)[])"/>
    public void Say(DateTimeOffset publishedAt, long seq, long prevSeq, params (string Symbol, string Price)[] prices)
    {
        var data = prices.Select(quote => $$"""{"symbol":"{{quote.Symbol}}","price":{{quote.Price}},"timestamp":1795510188}""");
        Sockets[^1].Send($$"""
            {"type":"ticker","epoch":{{Epoch}},"seq":{{seq}},"prev_seq":{{prevSeq}},"ts":{{publishedAt.ToUnixTimeMilliseconds()}}000,"data":[{{string.Join(',', data)}}]}
            """);
    }

    /// <summary>Sends any message through the newest socket.</summary>
    public void Tell(string message) => Sockets[^1].Send(message);

    private void Welcome(IWebSocketRoute socket)
    {
        Sockets.Add(socket);
        socket.OnMessage(message =>
        {
            Said.Enqueue(message.Text ?? "");
            socket.Send("""{"type":"pong"}""");
        });
        socket.Send($$"""{"type":"welcome","user_id":"user:demo","connection_id":"c","epoch":{{Epoch}},"expires_at":1795513787}""");
    }

    private Task AnswerAsync(IRoute route)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        if (path == "/health/ready")
        {
            ReadinessRequests++;
            return Readiness is { } readiness ? route.FulfillAsync(readiness) : route.AbortAsync();
        }

        if (path == "/auth/token")
        {
            TokenRequests++;
            return route.FulfillAsync(_tokenAnswers.TryDequeue(out var answer) ? answer : Issued);
        }

        if (Answers.TryGetValue(path, out var scripted))
        {
            return route.FulfillAsync(scripted);
        }

        var isFile = path.Contains('.', StringComparison.Ordinal);
        var file = Path.Combine(Files, isFile ? path[1..] : "index.html");
        return File.Exists(file) ? route.FulfillAsync(new() { Path = file }) : route.FulfillAsync(new() { Status = 404 });
    }
}
