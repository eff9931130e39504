using System.CommandLine;
using System.CommandLine.Invocation;
using OrleansTicker.Gateway.Commands;
using OrleansTicker.Gateway.History.Commands;
using OrleansTicker.Gateway.Keys.Commands;

namespace OrleansTicker.Gateway.Hosting;

/// <summary>The program's commands, which do something else than run a gateway.</summary>
internal static class GatewayCommands
{
    /// <summary>
    /// Whether a command line is a command: it begins with a word, even a misspelt one, or asks for help. Arguments that begin with
    /// <c>--</c>, <c>/</c> or <c>key=value</c> are settings for running a gateway.
    /// </summary>
    public static bool Takes(string[] args) =>
        args is ["-h" or "-?" or "--help", ..] || (args is [{ Length: > 0 } first, ..] && char.IsAsciiLetter(first[0]) && !first.Contains('='));

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 done, 1 not done, 2 the command line is wrong.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error, new WebApplicationOptions());

    /// <summary>Runs a command with these outputs and options instead of the process's own.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, WebApplicationOptions options)
    {
        var console = new CommandConsole(output, error, options);
        var root = new RootCommand("OrleansTicker's gateway.") { KeysCommand.Create(console), HistoryCommand.Create(console) };
        var line = root.Parse(args);
        if (line.Action is ParseErrorAction wrong)
        {
            // Without a command, the list of commands is shown. A wrong command gets a sentence, and standard output stays empty.
            wrong.ShowHelp = line.CommandResult.Command.Subcommands.Count > 0 && line.UnmatchedTokens.Count == 0;
        }

        var code = await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return line.Errors.Count > 0 ? CommandConsole.Wrong : code;
    }
}
