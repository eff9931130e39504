using System.CommandLine;

namespace OrleansTicker.Gateway.Commands;

/// <summary>The arguments that all commands share.</summary>
internal static class CommandArguments
{
    /// <summary>Asks for JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write one line of JSON for machines." };
}
