using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.Keys.Commands;

/// <summary><c>keys create</c>.</summary>
internal static class CreateCommand
{
    public static Command Create(KeyConsole console)
    {
        var user = new Option<string>("--user")
        {
            Description = "The user whom the key stands for: letters, digits and . _ @ + -.", Required = true, HelpName = "id",
        };
        var name = new Option<string>("--name")
        {
            Description = "What its owner knows it by, such as \"laptop\".", Required = true, HelpName = "text",
        };
        var role = new Option<string>("--role")
        {
            Description = "The user's role, which is the group that policies belong to.",
            DefaultValueFactory = _ => NewApiKey.DefaultRole,
            HelpName = "role",
        };
        var expires = KeyArguments.Duration("--expires-in", "When it expires; never where it is not said.", NewApiKey.MaxLifetime);
        var json = CommandArguments.Json();

        var command = new Command("create", "Makes an API key, and shows it this once.") { user, name, role, expires, json };
        command.SetAction((line, cancellationToken) =>
        {
            var wanted = new NewApiKey(
                line.GetRequiredValue(name), line.GetRequiredValue(user), line.GetRequiredValue(role), line.GetValue(expires));
            return wanted.Error is { } error
                ? console.RejectAsync(error)
                : console.RunAsync(
                    async (store, now) =>
                    {
                        var created = await store.CreateAsync(wanted, cancellationToken);
                        await (line.GetValue(json)
                            ? console.WriteAsync(CreatedApiKeyJson.Of(created, null, now), KeyJson.Default.CreatedApiKeyJson)
                            : console.WriteAsync(KeyText.Created(created)));
                        return null;
                    },
                    cancellationToken);
        });
        return command;
    }
}
