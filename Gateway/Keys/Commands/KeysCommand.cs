using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary>
/// The commands on API keys: <c>keys create | list | revoke | rotate</c>. They work on the configured database, whether a gateway
/// runs or not, and start neither silo nor web server.
/// </summary>
internal static class KeysCommand
{
    public static Command Create(CommandConsole commands)
    {
        var console = new KeyConsole(commands);
        return new Command(
            "keys",
            $"""
            Makes, lists, revokes and rotates API keys in the database that the section Keys of the configuration names.
            Needs no running gateway; gateways that run take note within moments.
            """)
        {
            CreateCommand.Create(console),
            ListCommand.Create(console),
            RevokeCommand.Create(console),
            RotateCommand.Create(console),
        };
    }
}
