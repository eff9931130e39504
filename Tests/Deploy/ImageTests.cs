using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Deploy;

/// <summary>What the images run, run on the programs as they are built here.</summary>
public sealed class ImageTests
{
    // $1: the program's folder, $2: the user; then what to run. Mounts are this process's own, and end with it. Everything is read-only but
    // what the manifests mount: the folder for data, and that for temporary files.
    private const string Container =
        """
        set -e
        app=$1 user=$2
        shift 2
        mount -t tmpfs tmpfs /mnt
        mkdir -m 1777 /mnt/tmp
        mkdir -p /mnt/app "$app/data"
        mount --bind "$app" /mnt/app
        mount -t tmpfs -o "mode=700,uid=$user,gid=$user" tmpfs /mnt/app/data
        mount -o remount,bind,ro /mnt/app
        mount -o remount,bind,ro /
        cd /mnt/app
        export TMPDIR=/mnt/tmp HOME=/nonexistent
        exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all --ambient-caps=-all "$@"
        """;

    [Theory]
    [InlineData("gateway")]
    [InlineData("silo")]
    public void An_image_runs_its_program_as_a_user_who_is_known_by_number_and_without_a_shell(string target)
    {
        var image = ImageStage.Of(target);

        Assert.True(uint.TryParse(image.User, out var user) && user > 0, "The kubelet cannot tell whether a name is root's.");
        Assert.False(ImageStage.IsShell(image.Entrypoint[0]));
    }

    [Theory]
    [InlineData("gateway", "Gateway")]
    [InlineData("silo", "Silo")]
    public async Task A_variable_with_a_hyphen_in_its_name_reaches_the_program(string target, string program)
    {
        var (exitCode, output) = await RunAsync(Start(ImageStage.Of(target), program), ("Ticker__Simulated__Symbols__DOGE-USD", "dear"));

        Assert.Contains("Ticker:Simulated:Symbols:DOGE-USD", output, StringComparison.Ordinal); // It refuses the value, which it was told.
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task A_gateway_runs_without_rights_where_it_may_write_to_its_two_folders_only()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root of a Linux can make mounts of its own.");
        var image = ImageStage.Of("gateway");
        var start = Start(image, "Gateway");
        start.ArgumentList.Insert(0, start.FileName);
        foreach (var word in new[] { image.User, start.WorkingDirectory, "sh", Container, "-c", "sh", "private", "--propagation", "--mount" })
        {
            start.ArgumentList.Insert(0, word);
        }

        start.FileName = "unshare";
        start.RedirectStandardOutput = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Tokens__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var process = Process.Start(start)!;
        try
        {
            var address = await ReadAddressAsync(process).WithinTimeoutAsync();
            using var http = new HttpClient();
            using var response = await http.GetAsync(new Uri(address, "/health/live"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The image's entrypoint, where the program is here.</summary>
    private static ProcessStartInfo Start(ImageStage image, string program)
    {
        var start = BuiltProgram.StartOf(program);
        start.FileName = image.Entrypoint[0];
        start.ArgumentList.Clear();
        foreach (var word in image.Entrypoint.Skip(1))
        {
            start.ArgumentList.Add(word.Replace($"{image.Folder}/", $"{start.WorkingDirectory}/", StringComparison.Ordinal));
        }

        return start;
    }

    /// <summary>Where the program listens, as it logs.</summary>
    private static async Task<Uri> ReadAddressAsync(Process process)
    {
        const string Listening = "Now listening on: ";
        var told = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Split(Listening) is [_, var address])
            {
                return new Uri(address);
            }

            told.AppendLine(line);
        }

        throw new InvalidOperationException($"It ended: {told}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, params (string Name, string Value)[] environment)
    {
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var texts = Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            var output = string.Concat(await texts.WithinTimeoutAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WithinTimeoutAsync();
            return (process.ExitCode, output);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
