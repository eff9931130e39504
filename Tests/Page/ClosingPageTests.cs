using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Page;

/// <summary>What a real browser makes of the gateway's ways to close.</summary>
public sealed class ClosingPageTests(Browser browser)
{
    private const string Connect = """
        ([token, action]) => new Promise(closed => {
            const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws/ticker', ['ticker.v1', 'bearer.' + token]);
            socket.onopen = () => {
                if (action === 'close') socket.close(1000);
                if (action === 'binary') socket.send(new Blob(['x']));
                if (action === 'long') socket.send('x'.repeat(5000));
                if (action === 'flood') for (let message = 0; message < 1000; message++) socket.send('{}');
            };
            socket.onclose = close => closed(`${close.code} ${close.reason}, clean: ${close.wasClean}`);
        })
        """;

    [Fact]
    public async Task A_browser_sees_each_code_that_it_can_get_and_a_clean_close()
    {
        await using var window = await browser.OpenAsync();
        await using var host = await GatewayHost.StartAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(host.Address.ToString());
        var token = await host.GetTokenAsync();
        var sessions = host.Services.GetRequiredService<SessionRegistry>();
        CloseReason[] byGateway =
        [
            CloseReason.ProtocolError, CloseReason.Unreadable, CloseReason.ByAdministrator, CloseReason.ConnectionLost,
            CloseReason.GatewayStopping, CloseReason.TokenExpired, CloseReason.Stalled,
        ];
        (string Action, CloseReason Reason)[] byBrowser =
        [
            ("close", CloseReason.Closed), ("binary", CloseReason.TextOnly), ("long", CloseReason.MessageTooBig),
        ];

        var closes = new List<string>();
        foreach (var (action, _) in byBrowser)
        {
            closes.Add(await page.EvaluateAsync<string>(Connect, new[] { token, action }).WithinTimeoutAsync());
        }

        // A browser that floods hears why. Its own answer waits behind the flood, which is read slowly, so the end may come first.
        Assert.StartsWith("4429 too many messages", await page.EvaluateAsync<string>(Connect, new[] { token, "flood" }).WithinTimeoutAsync(), StringComparison.Ordinal);

        foreach (var reason in byGateway)
        {
            await Eventually.TrueAsync(() => sessions.Count == 0, "no session");
            var close = page.EvaluateAsync<string>(Connect, new[] { token, "wait" });
            await Eventually.TrueAsync(() => sessions.Count == 1, "a session");
            sessions.Find(SessionSelector.All).Single().Session.End(reason);
            closes.Add(await close.WithinTimeoutAsync());
        }

        Assert.Equal(byBrowser.Select(end => end.Reason).Concat(byGateway).Select(reason => $"{reason.Code} {reason.Text}, clean: True"), closes, StringComparer.OrdinalIgnoreCase);
    }
}
