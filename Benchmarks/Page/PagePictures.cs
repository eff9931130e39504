using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Hosting;

namespace OrleansTicker.Benchmarks.Page;

/// <summary><c>pictures FOLDER</c>: takes the pictures of the README, of a simulated market that has run for two days.</summary>
internal static class PagePictures
{
    /// <summary>The name of the command.</summary>
    public const string Name = "pictures";

    private const int Minutes = 2 * 24 * 60;

    /// <summary>So that a picture has 150 KB at most.</summary>
    private const int Width = 1140;
    private const int Height = 680;

    /// <summary>Coins with the price of each, so that the list has prices of all sizes.</summary>
    private static readonly (string Coin, decimal Price)[] Coins =
    [
        ("AAVE", 93.10m), ("ADA", 0.4120m), ("AVAX", 21.600m), ("BCH", 481.20m), ("BTC", 42000.00m), ("DOGE", 0.08120m), ("DOT", 4.3100m), ("ETH", 2500.00m),
        ("LINK", 13.400m), ("LTC", 71.80m), ("NEAR", 2.6000m), ("PEPE", 0.0000081000m), ("SHIB", 0.0000092100m), ("SOL", 95.00m), ("UNI", 6.2000m), ("XRP", 0.5200m),
    ];

    public static async Task RunAsync(string[] arguments)
    {
        if (arguments is not [var folder])
        {
            await Console.Error.WriteLineAsync("Name the folder: pictures FOLDER");
            Environment.ExitCode = 1;
            return;
        }

        await using var gateway = await PageGateway.StartAsync(
            FillAsync,
            [("Ticker:Simulated:Volatility", "0.00002"), .. Coins.Select(coin => ($"Ticker:Simulated:Symbols:{coin.Coin}-USD", $"{coin.Price}"))]);
        await using var browser = await ChromiumBrowser.StartAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var window = await browser.OpenAsync(Width, Height, scheme);
            var page = await window.NewPageAsync();
            await page.GotoAsync($"{gateway.Address}/BTC-USD?interval=15m");
            await ChromiumBrowser.EnterAsync(page, gateway.Key);
            await page.WaitForSelectorAsync("#chart .chart-legend:not([data-empty])");
            await page.WaitForSelectorAsync("#watchlist .row .course path");
            await page.Mouse.MoveAsync(0, 0);
            var path = Path.Combine(folder, $"page-{(scheme == ColorScheme.Light ? "light" : "dark")}.png");
            await page.WaitForTimeoutAsync(3_000); // The prices have moved.
            await page.ScreenshotAsync(new() { Path = path });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length / 1024} KB"));
        }
    }

    /// <summary>Writes the minutes before now, which end at the prices that the market begins with.</summary>
    private static async Task FillAsync(PageGateway gateway)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["History:Provider"] = "Sqlite";
        builder.Configuration["History:Path"] = gateway.HistoryPath;
        builder.Services.AddHistory(builder.Configuration);
        await using var app = builder.Build();
        var store = app.Services.GetRequiredService<IHistoryStore>();
        await store.PrepareAsync(CancellationToken.None);
        var end = CandleInterval.Minute.OpenTimeAt(TimeProvider.System.GetUtcNow());
        var random = new Random(7);
        foreach (var (coin, last) in Coins)
        {
            var symbol = $"{coin}-USD";
            var minutes = Make(end, last, random);
            var hours = CandleSums.RollUp(minutes, CandleInterval.Hour).Skip(1).Where(hour => hour.OpenTime + CandleInterval.Hour.Length() <= end); // The others are parts.
            await store.WriteAsync(
                [
                    new ShardWrite(ICandleGrain.ShardOf(symbol), default, default, [new TimeRange(minutes[0].OpenTime, end.AddMinutes(2))], // Until the gateway has started.
                    [
                        .. minutes.Select(candle => new SymbolCandle(symbol, CandleInterval.Minute, candle)),
                        .. hours.Select(candle => new SymbolCandle(symbol, CandleInterval.Hour, candle)),
                    ]),
                ],
                CancellationToken.None);
        }
    }

    /// <summary>Minutes whose prices go up and down and end at the last one.</summary>
    private static List<Candle> Make(DateTimeOffset end, decimal last, Random random)
    {
        var price = last;
        List<Candle> minutes = [];
        for (var index = 1; index <= Minutes; index++)
        {
            var (close, volume, openTime) = (price, random.Next(1, 400_000) / 1_000m, end.AddMinutes(-index));
            price = decimal.Round(close * (1 + ((decimal)(random.NextDouble() - 0.497) / 300)), last.Scale);
            minutes.Add(new Candle
            {
                OpenTime = openTime,
                Open = price,
                High = decimal.Round(Math.Max(price, close) * 1.0006m, last.Scale),
                Low = decimal.Round(Math.Min(price, close) * 0.9994m, last.Scale),
                Close = close,
                Volume = volume,
                QuoteVolume = volume * close,
                Trades = random.Next(1, 50),
                FirstAt = openTime,
                LastAt = openTime.AddSeconds(59),
            });
        }

        minutes.Reverse();
        return minutes;
    }
}
