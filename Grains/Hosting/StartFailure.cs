using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace OrleansTicker.Grains.Hosting;

/// <summary>Tells what keeps a program from starting in a sentence, where it is something that its operator can mend.</summary>
public static class StartFailure
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Runs a program until it is stopped.</summary>
    /// <param name="program">What its operator calls it, such as <c>The gateway</c>.</param>
    /// <param name="build">Puts it together.</param>
    /// <returns>The exit code: 1 where it could not start.</returns>
    public static async Task<int> RunAsync(string program, Func<IHost> build)
    {
        try
        {
            await build().RunAsync(); // Which disposes of it.
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"{program} does not start. {sentence}");
            return 1;
        }
    }

    private static string? Explain(Exception failure) => failure switch
    {
        StartException wrong => wrong.Message,
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        AggregateException several when several.InnerExceptions.All(inner => Explain(inner) is not null) =>
            string.Join(Environment.NewLine, several.InnerExceptions.Select(Explain)),
        InvalidOperationException { Source: Binder } unreadable => unreadable.Message,
        OrleansConfigurationException or InvalidOperationException { Source: "Orleans.Core" or "Orleans.Runtime" } => failure.Message,
        _ when failure.GetBaseException() is SocketException or FormatException { Source: "Microsoft.AspNetCore.Http" } =>
            $"{failure.Message} Set ASPNETCORE_URLS to an address of this machine whose port is free.",
        _ => null,
    };
}
