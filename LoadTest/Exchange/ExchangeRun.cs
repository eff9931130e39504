using System.Globalization;
using OrleansTicker.LoadTest.Exchange.Market;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>Moves the market of a server until it is cancelled, and shows each second what goes out.</summary>
internal sealed class ExchangeRun(ExchangeServer server, MarketDriver driver, IProgressView progress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Creates the driver of a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="rate">How many changes a second happen.</param>
    /// <param name="seed">What decides what happens.</param>
    /// <param name="time">The clock.</param>
    public static MarketDriver DriverOf(ExchangeServer server, IReadOnlyList<TestSymbol> symbols, int rate, int seed, TimeProvider time) =>
        new(server, new InventedMarket(symbols, server.Venues.Count, seed), rate, time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var moving = driver.RunAsync(cancellationToken);
        var before = server.Venues.Select(venue => venue.Sent).ToArray();
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            progress.Show(string.Join("  ", server.Venues.Select((venue, i) =>
            {
                var sent = venue.Sent;
                var text = string.Create(CultureInfo.InvariantCulture, $"{venue.Dialect.Name} {venue.OpenCount} conn {sent - before[i]} msg/s");
                before[i] = sent;
                return text;
            })));
        }

        await moving;
    }
}
