using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;
using static OrleansTicker.Tests.Page.PageActions;

namespace OrleansTicker.Tests.Page;

/// <summary>What the page asks of browsers: no more than those of February 2023 have, which are Chromium 110, Firefox 110 and Safari 16.3.</summary>
public sealed partial class OldBrowserTests(Browser browser)
{
    /// <summary>Takes away what came later, and all of what has come since that looks tempting.</summary>
    private const string Younger = """
        delete AbortSignal.any;
        delete Promise.withResolvers;
        delete Promise.try;
        delete Array.fromAsync;
        delete Object.groupBy;
        delete Map.groupBy;
        delete URL.canParse;
        delete JSON.rawJSON;
        delete RegExp.escape;
        delete Math.sumPrecise;
        delete window.Iterator;
        for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with']) delete Array.prototype[name];
        for (const name of ['isWellFormed', 'toWellFormed']) delete String.prototype[name];
        for (const name of ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf']) delete Set.prototype[name];
        for (const name of ['getOrInsert', 'getOrInsertComputed']) delete Map.prototype[name];
        for (const name of ['setHTML', 'setHTMLUnsafe', 'moveBefore', 'checkVisibility', 'togglePopover', 'showPopover']) delete Element.prototype[name], delete HTMLElement.prototype[name];
        const parse = JSON.parse;
        JSON.parse = (text, reviver) => parse(text, reviver && function (key, value) { return reviver.call(this, key, value); });
        """;

    [Fact]
    public async Task A_browser_of_2023_shows_prices()
    {
        await using var window = await browser.OpenAsync();
        await window.AddInitScriptAsync(Younger);
        var gateway = await ScriptedGateway.ConnectAsync(window);

        gateway.Say(1, 0, ("BTC-USD", "42000.1"), ("TINY-USD", "0.1234567890123456"));

        await Expect(PriceOf(gateway.Page, "TINY-USD")).ToHaveTextAsync("0.1234567890123456");
        await Expect(gateway.Page.Locator("#detail p.price")).ToHaveTextAsync("42,000.10");
        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Live");
    }

    [Fact]
    public void Styles_use_no_younger_selector() =>
        Assert.All(Directory.GetFiles(Path.Combine(ScriptedGateway.Sources, "css")), file => Assert.DoesNotMatch(YoungerSelector(), File.ReadAllText(file)));

    [Fact]
    public async Task What_the_page_lacks_is_told_as_its_own_fault_and_not_as_one_of_the_network()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.VisitAsync(window);
        await gateway.Page.EvaluateAsync("delete window.Request");

        await gateway.EnterKeyAsync();

        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^This page has a fault of its own \\(ReferenceError: .*\\)\\. Reload it\\.$"));
        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Stopped");
        Assert.Equal(0, gateway.TokenRequests);
    }

    [Fact]
    public async Task A_fault_of_the_page_is_told_and_no_price_stands_there_as_live()
    {
        await using var window = await browser.OpenAsync();
        var gateway = await ScriptedGateway.ConnectAsync(window);
        await gateway.Page.EvaluateAsync("() => { document.createElementNS = null; }");

        gateway.Say(1, 0, ("BTC-USD", "42000"));

        await Expect(StateOf(gateway.Page)).ToHaveTextAsync("Stopped");
        await Expect(NoticeOf(gateway.Page)).ToHaveTextAsync(new Regex("^This page has a fault of its own \\(TypeError: .*\\)\\. Reload it\\.$"));
    }

    /// <summary>Firefox has <c>:has</c> and nesting since the end of 2023 only.</summary>
    [GeneratedRegex(@":has\(|^\s*&", RegexOptions.Multiline)]
    private static partial Regex YoungerSelector();
}
