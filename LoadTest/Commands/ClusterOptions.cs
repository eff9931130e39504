using System.CommandLine;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>The options of all commands that start a local cluster.</summary>
internal sealed class ClusterOptions
{
    private const int MaxProcesses = 16;

    private readonly Option<int> _silos;
    private readonly Option<int> _gateways;
    private readonly Option<string?> _redis = new("--redis")
    {
        Description = "A Redis server, as StackExchange.Redis names it, such as localhost:6379. What the cluster writes there stays, "
            + "under an id that is new each time. By default a server runs in this process, in memory.",
    };

    private readonly Option<string?> _history = new("--history")
    {
        Description = "A PostgreSQL database for the candles, as Npgsql names it, such as \"Host=localhost;Database=ticker\". What the cluster writes "
            + "there stays. By default a SQLite file goes with the cluster.",
    };

    private readonly Option<string?> _logs = new("--logs") { Description = "A folder for the processes' logs. By default they go with the cluster." };

    private readonly Option<bool> _exchanges = new("--exchanges")
    {
        Description = "Take prices from five exchanges with an invented market, which run in this process, instead of simulating them.",
    };

    /// <param name="fewest">The minimum number of silos and of gateways.</param>
    public ClusterOptions(int fewest)
    {
        _silos = Count("--silos", "How many silos to start", 3, fewest);
        _gateways = Count("--gateways", "How many gateways to start", 2, fewest);
    }

    public void AddTo(Command command)
    {
        command.Add(_silos);
        command.Add(_gateways);
        command.Add(_redis);
        command.Add(_history);
        command.Add(_logs);
        command.Add(_exchanges);
    }

    public ClusterPlan PlanOf(ParseResult parsed) => new()
    {
        Silos = parsed.GetValue(_silos),
        Gateways = parsed.GetValue(_gateways),
        Redis = parsed.GetValue(_redis),
        History = parsed.GetValue(_history),
        Logs = parsed.GetValue(_logs) is { } folder ? Path.GetFullPath(folder) : null,
        HasExchanges = parsed.GetValue(_exchanges),
    };

    private static Option<int> Count(string name, string description, int usual, int fewest) => new(name)
    {
        Description = $"{description}, {fewest} to {MaxProcesses}.",
        DefaultValueFactory = _ => usual,
        CustomParser = OptionParsers.Between(fewest, MaxProcesses),
    };
}
