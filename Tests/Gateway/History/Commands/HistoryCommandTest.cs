using Microsoft.AspNetCore.Builder;
using OrleansTicker.Gateway.Hosting;
using OrleansTicker.History;
using OrleansTicker.History.Sqlite;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.History.Commands;

/// <summary>Runs the commands on the history over a SQLite file.</summary>
public abstract class HistoryCommandTest : IDisposable
{
    /// <summary>The first line of a file.</summary>
    protected const string Header = "symbol,interval,open_time,open,high,low,close,volume,quote_volume,trades";

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The folder for files. It is empty.</summary>
    private protected TemporaryFolder Folder { get; } = new();

    /// <summary>The file of the store.</summary>
    protected string Path => Folder["data/history.db"];

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<IHistoryStore> OpenAsync()
    {
        var store = new SqliteHistoryStore(Path, TimeProvider.System);
        await store.PrepareAsync(Stop);
        return store;
    }

    protected Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync(args, []);

    /// <summary>Runs a command line after <c>history</c>, with these settings as a gateway has them.</summary>
    protected async Task<(int Code, string Output, string Error)> RunAsync(string[] args, params string[] settings)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var options = new WebApplicationOptions { ContentRootPath = Folder.Root, EnvironmentName = "Production", Args = ["--History:Provider=Sqlite", .. settings] };
        var code = await GatewayCommands.RunAsync(["history", .. args], output, error, options);
        return (code, output.ToString().Trim(), error.ToString().Trim());
    }
}
