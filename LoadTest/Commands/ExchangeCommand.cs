using System.CommandLine;
using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.LoadTest.Exchange.Market;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Commands;

/// <summary><c>exchange</c>: runs the test exchange until it is stopped.</summary>
internal static class ExchangeCommand
{
    private const int MaxRate = 200_000;

    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on the loopback address, 1 to 65535, or 0 for any that is free.",
            DefaultValueFactory = _ => 9100,
            CustomParser = OptionParsers.Between(0, ushort.MaxValue),
        };
        var symbols = new Option<int>("--symbols")
        {
            Description = $"How many symbols each exchange has, 1 to {TestSymbols.Most}: BTC-USD, ETH-USD, SOL-USD, USDT-USD, BTC-USDT and others.",
            DefaultValueFactory = _ => 12,
            CustomParser = OptionParsers.Between(1, TestSymbols.Most),
        };
        var rate = new Option<int>("--rate")
        {
            Description = $"How many changes of books and trades happen a second, at all exchanges together, 1 to {MaxRate}.",
            DefaultValueFactory = _ => 200,
            CustomParser = OptionParsers.Between(1, MaxRate),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "What decides what happens: the same number, the same market.",
            DefaultValueFactory = _ => 1,
            CustomParser = OptionParsers.Between(0, int.MaxValue),
        };
        var command = new Command(
            "exchange",
            "Runs a server that speaks as Coinbase Exchange, Kraken, Binance, Bitstamp and OKX do, with an invented market, and prints the "
            + "arguments that connect a gateway to it. While it runs, each exchange can be told to misbehave: POST /control/<exchange or all>?do=…, "
            + $"with one of {string.Join(", ", ControlCommands.All.Select(known => known.Name))}; GET /control tells what they do. It runs until Ctrl-C. "
            + "The exit code is 0 where it could start.")
        {
            port, symbols, rate, seed,
        };
        return command.WithAction(async (invocation, cancellationToken) =>
        {
            var parsed = invocation.Parsed;
            var traded = TestSymbols.First(parsed.GetValue(symbols));
            await using var server = new ExchangeServer(
                new ExchangeServerOptions { Port = parsed.GetValue(port), Symbols = traded }, TimeProvider.System);
            var driver = ExchangeRun.DriverOf(server, traded, parsed.GetValue(rate), parsed.GetValue(seed), TimeProvider.System);
            driver.Open();
            await server.StartAsync(cancellationToken);
            await invocation.PrintAsync(ExchangeReport.Of(server, traded.Count, parsed.GetValue(rate)));
            return await ProgressView.WatchAsync(invocation.Error, TimeProvider.System, async progress =>
            {
                await new ExchangeRun(server, driver, progress, TimeProvider.System).RunAsync(cancellationToken);
                return true;
            });
        });
    }
}
