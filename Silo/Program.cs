using OrleansTicker.Grains.Hosting;
using OrleansTicker.Grains.Startup;

return await StartFailure.RunAsync("The silo", Build, Console.Error);

IHost Build()
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddHeadlessTickerSilo();
    return builder.Build();
}
