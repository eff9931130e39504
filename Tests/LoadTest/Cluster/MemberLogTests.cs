using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.LoadTest.Cluster;

public sealed class MemberLogTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly MemberLog _log;

    public MemberLogTests() => _log = new MemberLog(_path);

    [Fact]
    public void It_knows_which_feeds_run_in_the_process()
    {
        Take(1030, "The feed of Kraken runs", "\"Exchange\":\"Kraken\"");
        Take(1030, "The feed of OKX runs", "\"Exchange\":\"OKX\"");
        Assert.Equal(["Kraken", "OKX"], _log.Feeds.Order(StringComparer.Ordinal));

        Take(1031, "The feed of Kraken stops: ShuttingDown", "\"Exchange\":\"Kraken\"");
        Take(1035, "The feed of OKX does not answer", "\"Exchange\":\"OKX\"");
        Assert.Equal(["OKX"], _log.Feeds);
    }

    [Fact]
    public void It_knows_the_ticker_and_takes_what_is_no_entry()
    {
        Take(1000, "The ticker runs: epoch 7", "\"Epoch\":7");
        _log.Take("""{"Message":"The feed of""");
        _log.Take("The ticker runs no more");
        _log.Take(null);

        Assert.Equal(7, _log.TickerEpoch);
        Assert.Empty(_log.Feeds);
        Assert.False(_log.Started.IsCompleted);
    }

    public void Dispose()
    {
        _log.Dispose();
        File.Delete(_path);
    }

    private void Take(int id, string message, string state) =>
        _log.Take($$$"""{"EventId":{{{id}}},"LogLevel":"Information","Category":"OrleansTicker.Grains","Message":"{{{message}}}","State":{{{{state}}}}}""");
}
